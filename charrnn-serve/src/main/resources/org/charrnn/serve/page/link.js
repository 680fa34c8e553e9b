// A link that reproduces a text: the fields of the form after the # of the address.

/** The address of this page with these fields. */
export function linkOf(fields) {
  return location.href.split("#")[0] + "#" + new URLSearchParams(fields);
}

/**
 * Fills the form from the address.
 *
 * @return null if the address has no fields; otherwise the names of the fields whose value the form does not accept
 */
export function fillFromAddress(form) {
  const fields = new URLSearchParams(location.hash.slice(1));
  if (!fields.size) return null;
  const invalid = [];
  for (const [name, value] of fields) {
    const input = form.elements[name];
    if (!input) {
      invalid.push(name);
      continue;
    }
    input.value = value;
    input.dispatchEvent(new Event("change"));
    if (!same(input, value)) invalid.push(name);
  }
  return invalid;
}

// A range input moves a value into its range, a list without the value shows none.
function same(input, value) {
  return input.value === value
    || (value !== "" && input.type === "range" && Number(input.value) === Number(value))
    || (input.type === "textarea" && input.value === value.replace(/\r\n?/g, "\n"));
}
