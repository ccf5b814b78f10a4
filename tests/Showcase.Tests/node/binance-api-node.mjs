// Reads the market data of the exchange through binance-api-node. Argument: the address.
import api from 'binance-api-node';

const address = process.argv[2];
const client = (api.default ?? api)({ httpBase: address, wsBase: `${address.replace('http', 'ws')}/ws` });

function check(holds, claim) {
  if (!holds) throw new Error(claim);
}

check(await client.ping(), 'The server answers a ping.');
check((await client.exchangeInfo()).symbols.some(({ symbol }) => symbol === 'SOLUSDT'), 'SOLUSDT is listed.');
check((await client.prices()).BTCUSDT > 0, 'Prices are positive.');

// Until a candle is closed all of whose trades have arrived; they come over another connection.
const trades = [];
const candles = [];
let last = null;
const complete = await new Promise((resolve, reject) => {
  const next = () => {
    if (last === null || trades.length === 0) return;
    const [first, latest] = [trades[0].tradeId, trades.at(-1).tradeId];
    const candle = candles.find(({ trades: count, firstTradeId, lastTradeId }) => count > 0 && firstTradeId >= first && lastTradeId <= latest);
    if (candle) resolve(candle);
  };
  client.ws.depth('SOLUSDT@100ms', (depth) => {
    if (last !== null && depth.firstUpdateId !== last + 1) reject(new Error(`${depth.firstUpdateId} follows ${last}.`));
    last = depth.finalUpdateId;
    next();
  });
  client.ws.trades(['SOLUSDT'], (trade) => {
    trades.push(trade);
    next();
  });
  client.ws.candles('SOLUSDT', '1s', (candle) => {
    if (candle.isFinal) candles.push(candle);
    next();
  });
});

const own = trades.filter(({ tradeId }) => tradeId >= complete.firstTradeId && tradeId <= complete.lastTradeId);
const prices = own.map(({ price }) => Number(price));
check(own.length === complete.trades, `A candle has ${complete.trades} trades, and ${own.length} arrived.`);
check(Math.max(...prices) === Number(complete.high) && Math.min(...prices) === Number(complete.low), 'A candle has the range of its trades.');
const volume = own.reduce((sum, { quantity }) => sum + Number(quantity), 0);
check(Math.abs(volume - Number(complete.volume)) < 1e-6, 'A candle has the volume of its trades.');
process.exit(0);
