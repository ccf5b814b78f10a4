using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Exchange.Rest;
using Showcase.Exchange.Streams;
using Showcase.Exchange.Wire;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Exchange;

/// <summary>Registers and maps the exchange's channels and calls, which docs/protocol/exchange.md describes.</summary>
public static class ExchangeEndpoints
{
    private static readonly Act PlaceOrder = new("Too many orders in a short time");
    private static readonly TimeSpan Recoverable = TimeSpan.FromMinutes(5);

    /// <summary>Registers the exchange, its options and its namespaces.</summary>
    public static DuplexBuilder AddExchange(this DuplexBuilder duplex, Action<ExchangeOptions> configure)
    {
        duplex.Services.AddSection<ExchangeOptions>("Exchange").Configure(configure);
        duplex.Services.Configure<VisitorOptions>(static limits =>
            (limits.Person[PlaceOrder], limits.Address[PlaceOrder]) = (new(100, 10), new(200, 20)));
        duplex.Services.AddBackground<ExchangeLoop>();
        duplex.Services.AddHealthChecks().AddCheck<ExchangeHealth>("exchange", timeout: Health.Timeout);
        return duplex
            .AddMarketStreams()
            .AddPublicCalls()
            .AddJsonContext(ExchangeJson.Default)
            .AddNamespace("trades", ns =>
            {
                ns.HistorySize = 2000;
                ns.HistoryTtl = Recoverable;
                ns.Recovery = true;
            })
            .AddNamespace("account", ns =>
            {
                ns.HistorySize = 500;
                ns.HistoryTtl = Recoverable;

                // A key costs nothing and each one creates a channel, so a channel's metadata expires soon after its history.
                ns.HistoryMetaTtl = 2 * Recoverable;
                ns.Recovery = true;
            })
            .AddNamespace("book", _ => { })
            .AddNamespace("depth", Latest)
            .AddNamespace("ticker", Latest)
            .AddNamespace("kline", Latest);
    }

    // Readers choose how often they receive these; a line that is slower still skips all but the latest.
    private static void Latest(NamespaceOptions ns)
    {
        ns.SlowConsumers = SlowConsumerPolicy.Conflate;
        ns.AllowPace = true;
        ns.MaxPaceDelay = TimeSpan.FromMinutes(1);
    }

    /// <summary>Maps the exchange's channels and calls.</summary>
    public static void MapExchange(this DuplexEndpointConventionBuilder hub)
    {
        MapChannels(hub);
        MapMarketCalls(hub);
        MapAccountCalls(hub);
    }

    private static void MapChannels(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("trades:{symbol}").OnSubscribe((string symbol, ClientContext client, ExchangeLoop exchange) =>
            Run(client, exchange, (venue, _) =>
            {
                venue.Find(symbol);
                return true;
            }));
        hub.MapChannel("book:{symbol}").OnSubscribe(async (string symbol, ClientContext client, ExchangeLoop exchange) =>
        {
            Visitor.Of(client);
            return SubscribeDecision.Allow(await exchange.SnapshotAsync(symbol));
        });
        hub.MapChannel("depth:{symbol}").OnSubscribe((string symbol, ClientContext client, ExchangeLoop exchange) =>
            Run(client, exchange, (venue, now) => Reply(venue.Find(symbol).Data.Depth(now), ExchangeJson.Default.DepthMessage)));
        hub.MapChannel("ticker:{symbol}").OnSubscribe((string symbol, ClientContext client, ExchangeLoop exchange) =>
            Run(client, exchange, (venue, now) => Reply(venue.Find(symbol).Data.Ticker(now), ExchangeJson.Default.TickerMessage)));
        hub.MapChannel("kline:{symbol}@{interval}").OnSubscribe((string symbol, string interval, ClientContext client, ExchangeLoop exchange) =>
            Run(client, exchange, (venue, _) =>
            {
                var market = venue.Find(symbol);
                var latest = market.Series(interval).Latest(1);
                return latest.Length == 0
                    ? SubscribeDecision.Allow()
                    : Reply(market.Format.Candle(latest[0], isClosed: false), ExchangeJson.Default.CandleMessage);
            }));
    }

    private static void MapMarketCalls(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("exchange.info", (ClientContext client, ExchangeLoop exchange) => Run(client, exchange, (venue, now) =>
            new InfoResult(now, venue.LiveSince, [.. venue.Markets.Select(market => market.Format.Info())])));
        hub.MapRpc("exchange.klines", async (KlinesParams parameters, ClientContext client, ExchangeLoop exchange) =>
        {
            var (market, candles, current) = await Run(client, exchange, (venue, _) =>
            {
                var market = venue.Find(parameters.Symbol);
                var series = market.Series(parameters.Interval);
                var latest = series.Latest(Limit(parameters.Limit, 1000), parameters.EndTime ?? long.MaxValue);
                return (market, latest, series.Count == 0 ? 0 : series.Current.OpenTime);
            });
            return new KlinesResult([.. candles.Select(candle => market.Format.Candle(candle, candle.OpenTime < current))]);
        });
        hub.MapRpc("exchange.trades", async (ListParams parameters, ClientContext client, ExchangeLoop exchange) =>
        {
            var (market, trades) = await Run(client, exchange, (venue, _) =>
            {
                var market = venue.Find(parameters.Symbol);
                return (market, market.Data.Tape.Latest(Limit(parameters.Limit, 1000)));
            });
            return new TradesMessage([.. trades.Select(trade => market.Format.Trade(trade))]);
        });
        hub.MapRpc("exchange.tickers", (ClientContext client, ExchangeLoop exchange) => Run(client, exchange, (venue, now) =>
            new TickersResult([.. venue.Markets.Select(market => market.Data.Ticker(now))])));
    }

    private static void MapAccountCalls(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("order.place", (PlaceOrderParams order, ClientContext client, ExchangeLoop exchange) =>
        {
            ((Visitor)client.State!).Take(PlaceOrder);
            return RunForAccount(client, exchange, (venue, now) => venue.Place(client.User, order, now));
        });
        hub.MapRpc("order.cancel", (CancelOrderParams order, ClientContext client, ExchangeLoop exchange) =>
            RunForAccount(client, exchange, (venue, now) => venue.Cancel(client.User, order, now)));
        hub.MapRpc("order.open", (SymbolParams? parameters, ClientContext client, ExchangeLoop exchange) =>
            RunForAccount(client, exchange, (venue, _) => venue.OpenOrders(client.User, parameters?.Symbol)));
        hub.MapRpc("order.history", (ListParams? parameters, ClientContext client, ExchangeLoop exchange) =>
            RunForAccount(client, exchange, (venue, _) => venue.OrderHistory(client.User, Limit(parameters?.Limit, 500))));
        hub.MapRpc("account.fills", (ListParams? parameters, ClientContext client, ExchangeLoop exchange) =>
            RunForAccount(client, exchange, (venue, _) => venue.Fills(client.User, parameters?.Symbol, Limit(parameters?.Limit, 500))));
        hub.MapRpc("account.balances", (ClientContext client, ExchangeLoop exchange) =>
            RunForAccount(client, exchange, (venue, _) => venue.Balances(client.User)));
    }

    // The first call that needs an account opens it, so a connect alone consumes no limited resource.
    private static Task<TResult> RunForAccount<TResult>(ClientContext client, ExchangeLoop exchange, Func<Venue, long, TResult> work)
    {
        var visitor = Visitor.Of(client);
        return exchange.RunAsync((venue, now) =>
        {
            if (visitor.User.Length > 0) venue.Accounts.Enter(visitor.User, visitor.Address, now);
            return work(venue, now);
        });
    }

    private static Task<TResult> Run<TResult>(ClientContext client, ExchangeLoop exchange, Func<Venue, long, TResult> work)
    {
        Visitor.Of(client);
        return exchange.RunAsync(work);
    }

    private static int Limit(int? limit, int most) => limit is null ? most
        : limit is >= 1 && limit <= most ? limit.Value
        : throw new ClientException(400, $"limit is out of range: 1 to {most}.");

    private static SubscribeDecision Reply<TMessage>(TMessage message, JsonTypeInfo<TMessage> type) =>
        SubscribeDecision.Allow(JsonSerializer.SerializeToUtf8Bytes(message, type));
}
