import { createJsonSchemaTransform } from 'fastify-type-provider-zod';

type Transform = ReturnType<typeof createJsonSchemaTransform>;
type Media = Record<string, { schema: unknown }>;

const transformOne = createJsonSchemaTransform({ skipList: [] });

/** Describes routes, those too that take bodies of several media types, which the library does for answers only. */
export const describeRoute: Transform = (input) => {
  const content = (input.schema?.body as { content?: Media } | undefined)?.content;
  if (!content) return transformOne(input);
  const { body: _, ...schema } = input.schema;
  const described = transformOne({ ...input, schema });
  const media = Object.entries(content).map(([type, { schema: body }]) => {
    const one = transformOne({ ...input, schema: { body } });
    return [type, { schema: (one.schema as { body: unknown }).body }];
  });
  return { ...described, schema: { ...described.schema, body: { content: Object.fromEntries(media) } } };
};
