export const STYLES = `
:root {
  --ink: light-dark(#1c1c22, #ececf1);
  --soft: light-dark(#5d5d68, #a3a3b0);
  --ground: light-dark(#f6f6f8, #141418);
  --panel: light-dark(#ffffff, #1e1e24);
  --line: light-dark(#d9d9e0, #35353f);
  --accent: light-dark(#b3123b, #ff7d9c);
  --on-accent: light-dark(#ffffff, #1c1c22);
  color-scheme: light dark;
  font: 16px/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem; color: var(--ink); background: var(--ground); }
h1, h2, p { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { display: flex; justify-content: space-between; align-items: baseline; font-size: 1.1rem; }
header p, [role='status'], h2 code { color: var(--soft); }
h2 code { font-weight: 400; font-size: 0.85rem; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1.25rem; margin-top: 1.5rem; align-items: start; }
section { display: grid; gap: 0.75rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--panel); min-width: 0; }
[role='status'] { font-size: 0.9rem; }
form { display: grid; gap: 0.4rem; }
label { font-weight: 600; font-size: 0.9rem; }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; }
input, button { font: inherit; padding: 0.45rem 0.75rem; border-radius: 0.4rem; border: 1px solid var(--line); }
input { flex: 1 1 12rem; min-width: 0; color: inherit; background: var(--ground); }
button { color: var(--on-accent); background: var(--accent); border-color: transparent; cursor: pointer; }
button:disabled { opacity: 0.5; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
output { font-weight: 600; overflow-wrap: anywhere; }
pre { margin: 0; padding: 0.75rem; height: 18.5rem; overflow: auto; font-size: 0.85rem; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: 0.4rem; background: var(--ground); }
`;
