// Keeps the book of ccxt in sync with the exchange for a while and compares its candles with its trades. Argument: the address.
import ccxt from 'ccxt';

const address = process.argv[2];
const seconds = 5;
const exchange = new ccxt.pro.binance({
  options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, fetchCurrencies: false },
});
exchange.has.fetchCurrencies = false;
exchange.urls.api.public = exchange.urls.api.v3 = `${address}/api/v3`;
exchange.urls.api.ws.spot = `${address.replace('http', 'ws')}/ws`;

function check(holds, claim) {
  if (!holds) throw new Error(claim);
}

// ccxt needs this for an address without TLS.
await exchange.loadHttpProxyAgent();
const markets = await exchange.loadMarkets();
check(markets['SOL/USDT'].precision.price === 0.01, 'The tick of SOL/USDT is 0.01.');
check((await exchange.fetchTickers())['BTC/USDT'].last > 0, 'Tickers have prices.');
check((await exchange.fetchOHLCV('SOL/USDT', '1h')).length === 500, 'There are 500 candles of an hour.');

const end = Date.now() + seconds * 1000;
let books = 0;
while (Date.now() < end) {
  // An event with a gap throws a ChecksumError.
  const book = await exchange.watchOrderBook('SOL/USDT');
  check(book.bids[0][0] < book.asks[0][0], 'The book is not crossed.');
  books++;
}
check(books > 0, `There were ${books} changes of the book.`);

const trades = await exchange.watchTrades('SOL/USDT');
check(trades[0].price > 0, 'Trades have prices.');
const ticker = await exchange.watchTicker('SOL/USDT');
check(ticker.high >= ticker.low, 'The ticker has a range.');
check((await exchange.watchOHLCV('SOL/USDT', '1m')).length > 0, 'There are live candles.');
await exchange.close();
console.log('ok');
process.exit(0);
