/** A submission of this part of its model's limit or less is small: it may pass larger ones. */
export const SMALL_SHARE = 20;
