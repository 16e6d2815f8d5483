// Other programs, started by hand (tests/peers/README.md), measured alternately with our list of posts.
import { clients } from './clients.mjs';

export async function peers({ port, loads, options }) {
  for (const word of options.peers.split(/\s+/).filter(Boolean)) {
    const [name, address] = [word.slice(0, word.indexOf('=')), new URL(word.slice(word.indexOf('=') + 1))], headers = clients.chromium;
    await loads.pair(`/blog beside ${name}`, { port, target: '/blog', headers }, { port: Number(address.port || 80), target: address.pathname + address.search, headers }, { same: false, against: name });
  }
}
