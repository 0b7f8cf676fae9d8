// Answers what feelin makes of expressions: {variables, expressions} in, one plain value each out.
// An expression is a text, or {cell, value}: a condition of a decision table on a value.
import { readFileSync } from "node:fs";
import { evaluate, unaryTest } from "feelin";

const plain = (value) => {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return { number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value.constructor === Object) {
    return { context: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) };
  }
  return { moment: String(value) };
};

const answer = (text, variables) => {
  try {
    if (typeof text === "string") return plain(evaluate(text, variables).value);
    return plain(unaryTest(text.cell, { ...variables, "?": text.value }).value === true);
  } catch (error) {
    return { refused: String(error.message) };
  }
};

const { variables, expressions } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(expressions.map((text) => answer(text, variables))));
