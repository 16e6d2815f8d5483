// The headers of clients, in the order in which they send them.
const chromium = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
export const clients = {
  chromium: {
    'sec-ch-ua': '"Chromium";v="142", "Not_A Brand";v="99"', 'sec-ch-ua-mobile': '?0', 'sec-ch-ua-platform': '"Linux"', 'Upgrade-Insecure-Requests': '1', 'User-Agent': chromium,
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
    'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-User': '?1', 'Sec-Fetch-Dest': 'document',
    'Accept-Encoding': 'gzip, deflate, br, zstd', 'Accept-Language': 'en-GB,en;q=0.9,zh-CN;q=0.8,zh;q=0.7',
  },
  reader: {
    'User-Agent': 'newsboat/2.40 (Linux x86_64)', Accept: 'application/atom+xml;q=1.0, application/rss+xml;q=1.0, application/xml;q=0.9, */*;q=0.1',
    'Accept-Encoding': 'deflate, gzip', 'A-IM': 'feed',
  },
  crawler: {
    Accept: 'text/html,application/xhtml+xml,application/signed-exchange;v=b3,application/xml;q=0.9,*/*;q=0.8', From: 'googlebot(at)googlebot.com',
    'User-Agent': 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/142.0.0.0 Safari/537.36',
    'Accept-Encoding': 'gzip, deflate, br',
  },
};
// The same browser without compression, and a client that sends almost nothing.
export const plain = Object.fromEntries(Object.entries(clients.chromium).filter(([name]) => name !== 'Accept-Encoding'));
