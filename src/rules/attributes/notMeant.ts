/** Names that nobody takes for an attribute: comments of those who want plain JSON, and what extensions add for themselves. */
export const notMeant = /^([_$#/.-]|x-)|^(comment|description)s?$|^(?!go\.).*\./i;
