// Fewer directions for a symmetric matrix: an element that cannot be read in its own row is read in the row across. Star colouring, after Gebremedhin, Tarafdar, Manne and
// Pothen, "New acyclic and star coloring algorithms with application to computing Hessians" (2007).
import { type Adjacency, type Colouring, transposed } from './colouring.ts';
import { Pattern } from './pattern.ts';

/** The elements that a pattern of a symmetric matrix has on both sides: elsewhere there can be nothing but zeros. */
export function symmetricPart(pattern: Pattern): Pattern {
  if (isBlocks(pattern)) return pattern;
  const across = transposed(pattern);
  const starts = new Int32Array(pattern.rows + 1);
  const members = new Int32Array(across.members.length);
  let at = 0;
  for (let row = 0; row < pattern.rows; row++) {
    const own = pattern.of(row);
    let k = across.starts[row] as number;
    const end = across.starts[row + 1] as number;
    for (const column of own) {
      while (k < end && (across.members[k] as number) < column) k++;
      if (k < end && across.members[k] === column) members[at++] = column;
    }
    starts[row + 1] = at;
  }
  return new Pattern(
    pattern.columns,
    Int32Array.from({ length: pattern.rows }, (_, row) => row),
    starts,
    members.slice(0, at),
  );
}

/** Whether the rows of every list are its columns: full blocks, with nothing outside. */
function isBlocks({ listOf, starts, members }: Pattern): boolean {
  const rows = new Int32Array(starts.length - 1);
  for (const list of listOf) rows[list] = (rows[list] as number) + 1;
  for (let list = 0; list < rows.length; list++) {
    const [from, to] = [starts[list] as number, starts[list + 1] as number];
    if (to - from !== rows[list] && to > from) return false;
    for (let k = from; k < to; k++) if (listOf[members[k] as number] !== list) return false;
  }
  return true;
}

/** `pattern`: the same on both sides. Vertices with so many neighbours that the work would be more than `mostSteps` get colours of their own. */
export function colourSymmetric(pattern: Pattern, mostSteps: number): Colouring {
  if (isBlocks(pattern)) return colourBlocks(pattern);
  const graph = adjacencyOf(pattern);
  const { hubs, rest } = withoutHubs(graph, mostSteps);
  if (rest === null) return everyColumn(pattern);
  const colours = new StarColouring(rest).run();
  let count = colours.reduce((most, colour) => Math.max(most, colour + 1), 0);
  for (const hub of hubs) colours[hub] = count++;
  // A column in no row needs no direction.
  for (let column = 0; column < pattern.columns; column++) if (pattern.sizeOf(column) === 0) colours[column] = -1;
  return { colours, count: dense(colours), isDirect: false };
}

function colourBlocks(pattern: Pattern): Colouring {
  const colours = new Int32Array(pattern.columns).fill(-1);
  let count = 0;
  for (let list = 0; list < pattern.lists; list++)
    for (let from = pattern.starts[list] as number, k = from; k < (pattern.starts[list + 1] as number); k++) {
      colours[pattern.members[k] as number] = k - from;
      count = Math.max(count, k - from + 1);
    }
  return { colours, count, isDirect: true };
}

const everyColumn = (pattern: Pattern): Colouring => {
  let count = 0;
  return {
    colours: Int32Array.from({ length: pattern.columns }, (_, column) => (pattern.sizeOf(column) > 0 ? count++ : -1)),
    count,
    isDirect: true,
  };
};

/** Numbers colours anew without gaps, in place. */
function dense(colours: Int32Array): number {
  const renamed = new Map<number, number>();
  colours.forEach((colour, i) => {
    if (colour < 0) return;
    if (!renamed.has(colour)) renamed.set(colour, renamed.size);
    colours[i] = renamed.get(colour) ?? 0;
  });
  return renamed.size;
}

function adjacencyOf(pattern: Pattern): Adjacency {
  const starts = new Int32Array(pattern.rows + 1);
  const members = new Int32Array(pattern.nonzeros);
  let at = 0;
  for (let row = 0; row < pattern.rows; row++) {
    for (const column of pattern.of(row)) if (column !== row) members[at++] = column;
    starts[row + 1] = at;
  }
  return { starts, members: members.slice(0, at) };
}

/** The graph without the vertices of most neighbours, as many as have to go for the work to stay within bounds; null where those are too many. */
function withoutHubs(graph: Adjacency, mostSteps: number): { readonly hubs: readonly number[]; readonly rest: Adjacency | null } {
  const vertices = graph.starts.length - 1;
  const degree = Int32Array.from({ length: vertices }, (_, v) => (graph.starts[v + 1] as number) - (graph.starts[v] as number));
  let steps = degree.reduce((sum, d) => sum + d * d, 0);
  if (steps <= mostSteps) return { hubs: [], rest: graph };
  const order = Array.from(degree.keys()).sort((a, b) => (degree[b] as number) - (degree[a] as number));
  const isHub = new Uint8Array(vertices);
  const hubs: number[] = [];
  for (const hub of order) {
    if (steps <= mostSteps) break;
    if (8 * hubs.length > vertices) return { hubs: [], rest: null };
    hubs.push(hub);
    isHub[hub] = 1;
    steps -= (degree[hub] as number) ** 2;
    for (let k = graph.starts[hub] as number; k < (graph.starts[hub + 1] as number); k++) {
      const neighbour = graph.members[k] as number;
      if (isHub[neighbour] === 1) continue;
      const d = degree[neighbour] as number;
      steps -= 2 * d - 1;
      degree[neighbour] = d - 1;
    }
  }
  const starts = new Int32Array(vertices + 1);
  const members = new Int32Array(graph.members.length);
  let at = 0;
  for (let v = 0; v < vertices; v++) {
    if (isHub[v] === 0)
      for (let k = graph.starts[v] as number; k < (graph.starts[v + 1] as number); k++)
        if (isHub[graph.members[k] as number] === 0) members[at++] = graph.members[k] as number;
    starts[v + 1] = at;
  }
  return { hubs, rest: { starts, members: members.slice(0, at) } };
}

/** For every edge the place of the same edge seen from its other end. */
export function mirrorOf({ starts, members }: Adjacency): Int32Array {
  const mirror = new Int32Array(members.length);
  const next = starts.slice();
  // Vertices in order pass through their neighbours' lists in order.
  for (let v = 0; v + 1 < starts.length; v++)
    for (let k = starts[v] as number; k < (starts[v + 1] as number); k++) {
      const w = members[k] as number;
      const at = next[w] as number;
      mirror[k] = at;
      next[w] = at + 1;
    }
  return mirror;
}

/** No path of four vertices has only two colours, so that the edges between any two colours are stars. */
class StarColouring {
  private readonly colours: Int32Array;
  /** For each colour, the vertex that may not have it. */
  private readonly forbidden: Int32Array;
  /** For each colour, the vertex that last met it, and the neighbour that it met it at. */
  private readonly met: Int32Array;
  private readonly metAt: Int32Array;
  private readonly treated: Int32Array;
  /** The star that each edge belongs to, and each star's middle: −1 while it is one edge alone. */
  private readonly star: Int32Array;
  private readonly hubs: number[] = [];
  private readonly mirror: Int32Array;

  constructor(private readonly graph: Adjacency) {
    const vertices = graph.starts.length - 1;
    this.colours = new Int32Array(vertices).fill(-1);
    this.forbidden = new Int32Array(vertices + 1).fill(-1);
    this.met = new Int32Array(vertices + 1).fill(-1);
    this.metAt = new Int32Array(vertices + 1);
    this.treated = new Int32Array(vertices).fill(-1);
    this.star = new Int32Array(graph.members.length).fill(-1);
    this.mirror = mirrorOf(graph);
  }

  run(): Int32Array {
    for (let v = 0; v < this.colours.length; v++) this.give(v);
    return this.colours;
  }

  private give(v: number): void {
    const { graph, colours, forbidden, met, metAt } = this;
    const [from, to] = [graph.starts[v] as number, graph.starts[v + 1] as number];
    for (let k = from; k < to; k++) {
      const w = graph.members[k] as number;
      const colour = colours[w] as number;
      if (colour < 0) continue;
      forbidden[colour] = v;
      if (met[colour] === v) {
        const before = graph.members[metAt[colour] as number] as number;
        if (this.treated[before] !== v) this.treat(v, before);
        this.treat(v, w);
      } else {
        met[colour] = v;
        metAt[colour] = k;
        for (let e = graph.starts[w] as number; e < (graph.starts[w + 1] as number); e++) {
          const x = graph.members[e] as number;
          if ((colours[x] as number) >= 0 && this.hubs[this.star[e] as number] === x) forbidden[colours[x] as number] = v;
        }
      }
    }
    let free = 0;
    while (forbidden[free] === v) free++;
    colours[v] = free;
    this.join(v, from, to);
  }

  /** Two neighbours of one colour: none of theirs may have v's. */
  private treat(v: number, w: number): void {
    const { graph, colours } = this;
    for (let e = graph.starts[w] as number; e < (graph.starts[w + 1] as number); e++) {
      const colour = colours[graph.members[e] as number] as number;
      if (colour >= 0) this.forbidden[colour] = v;
    }
    this.treated[w] = v;
  }

  /** Puts v's edges into stars. */
  private join(v: number, from: number, to: number): void {
    const { graph, colours, met, metAt, star, mirror, hubs } = this;
    for (let k = from; k < to; k++) {
      const w = graph.members[k] as number;
      const colour = colours[w] as number;
      if (colour < 0) continue;
      let found = -1;
      for (let e = graph.starts[w] as number; e < (graph.starts[w + 1] as number); e++) {
        const x = graph.members[e] as number;
        if (x !== v && colours[x] === colours[v]) {
          found = star[e] as number;
          hubs[found] = w;
          break;
        }
      }
      if (found < 0) {
        const before = metAt[colour] as number;
        if (met[colour] === v && before !== k) {
          found = star[before] as number;
          hubs[found] = v;
        } else found = hubs.push(-1) - 1;
      }
      star[k] = found;
      star[mirror[k] as number] = found;
    }
  }
}
