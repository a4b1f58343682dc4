import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/**
 * Puts the named schemas into an OpenAPI description. Each is made twice, for requests and for answers: what no route
 * refers to is left out.
 */
export const describeSchemas: typeof jsonSchemaTransformObject = (input) => {
  const document = jsonSchemaTransformObject(input);
  if (!('components' in document) || !document.components?.schemas) return document;
  const { schemas } = document.components;
  const text = JSON.stringify(document);
  for (const name of Object.keys(schemas)) {
    if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
  }
  return document;
};
