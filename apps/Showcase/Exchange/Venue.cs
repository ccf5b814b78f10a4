using Duplex.Messaging.Errors;
using Showcase.Exchange.Accounts;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Orders;
using Showcase.Exchange.Simulation;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange;

/// <summary>
/// The state of the whole exchange: books, balances, accounts, candles and the simulated participants. It has a single
/// writer, no thread and no clock: its owner passes the time to each call.
/// </summary>
public sealed class Venue
{
    private readonly ExchangeOptions _options;
    private readonly Ledger _ledger = new(Listings.Assets.Count);
    private readonly MarketSimulation _simulation;

    /// <summary>Opens the exchange.</summary>
    /// <param name="options">The options of the exchange.</param>
    /// <param name="now">The current time in Unix milliseconds.</param>
    /// <param name="lastId">The id that precedes the first order's id and the first trade's id.</param>
    public Venue(ExchangeOptions options, long now, long lastId = 0)
    {
        _options = options;
        LiveSince = now;
        Accounts = new DemoAccounts(_ledger, Outbox, options);
        Markets = [.. Listings.Instruments.Select(instrument => new Market(instrument, _ledger, Accounts, Outbox, lastId))];
        _simulation = new MarketSimulation(options, Markets, _ledger, now);
    }

    /// <summary>The start of live trading in Unix milliseconds; candles before it are generated.</summary>
    public long LiveSince { get; }

    /// <summary>The messages to publish.</summary>
    public Outbox Outbox { get; } = new();

    /// <summary>The demo accounts.</summary>
    public DemoAccounts Accounts { get; }

    /// <summary>The markets of all symbols.</summary>
    public IReadOnlyList<Market> Markets { get; }

    /// <summary>Advances the simulated participants and publishes the due messages.</summary>
    public void Advance(long now)
    {
        _simulation.Advance(now);
        foreach (var market in Markets) market.Data.Publish(now);
    }

    /// <summary>Returns the market of a symbol.</summary>
    /// <exception cref="ClientException">400 when the symbol is missing, or 404 when it is unknown.</exception>
    public Market Find(string? symbol)
    {
        if (symbol is null) throw new ClientException(400, $"symbol is missing: give one of {Symbols}.");
        return Markets.FirstOrDefault(market => market.Instrument.Symbol == symbol)
            ?? throw new ClientException(404, $"There is no such symbol: give one of {Symbols}.");
    }

    /// <summary>Places an order.</summary>
    /// <exception cref="ClientException">The order was rejected with a code of docs/protocol/exchange.md and nothing has changed.</exception>
    public PlacedResult Place(string user, PlaceOrderParams parameters, long now)
    {
        var account = AccountOf(user);
        var market = Find(parameters.Symbol);
        var order = OrderParser.Parse(parameters, market.Instrument, account.Number, now);
        if (order.Type != OrderType.Market && parameters.Replaces is null)
        {
            if (account.OpenOrderCount >= _options.MaxOpenOrders) throw RejectionText.TooManyOpenOrders(_options.MaxOpenOrders);
            if (Accounts.OpenOrdersOf(account.Address) >= _options.MaxOpenOrdersPerAddress)
                throw RejectionText.TooManyOpenOrdersOfAddress(_options.MaxOpenOrdersPerAddress);
        }

        var rejection = market.Place(order, parameters.ClientOrderId, parameters.Replaces);
        if (rejection != Rejection.None) throw RejectionText.For(rejection, order, market, _ledger);
        return new PlacedResult(
            market.Format.Order(market.Execution.Orders[^1], parameters.ClientOrderId),
            [.. market.Execution.Trades.Select(trade => market.Format.Fill(trade, isMaker: false))]);
    }

    /// <summary>Cancels an order.</summary>
    /// <exception cref="ClientException">The cancellation was rejected with a code of docs/protocol/exchange.md and nothing has changed.</exception>
    public CanceledResult Cancel(string user, CancelOrderParams parameters, long now)
    {
        var account = AccountOf(user);
        var market = Find(parameters.Symbol);
        var id = parameters.Id ?? throw new ClientException(400, "id is missing: give the order's id.");
        var rejection = market.Cancel(account.Number, id, now);
        if (rejection != Rejection.None) throw RejectionText.For(rejection, id);
        var order = account.Orders.First(order => order.Market == market && order.State.Id == id);
        return new CanceledResult(market.Format.Order(order.State, order.ClientOrderId));
    }

    /// <summary>Returns the open orders, newest first.</summary>
    public OrdersResult OpenOrders(string user, string? symbol)
    {
        var market = symbol is null ? null : Find(symbol);
        return Orders(AccountOf(user).OpenOrders.Where(order => market is null || order.Market == market));
    }

    /// <summary>Returns the open and final orders, newest first.</summary>
    public OrdersResult OrderHistory(string user, int limit) => Orders(AccountOf(user).Orders.Take(limit));

    /// <summary>Returns the fills, newest first.</summary>
    public FillsResult Fills(string user, string? symbol, int limit)
    {
        var market = symbol is null ? null : Find(symbol);
        return new FillsResult(
            [.. AccountOf(user).Fills.Where(fill => market is null || fill.Symbol == market.Instrument.Symbol).Take(limit)]);
    }

    /// <summary>Returns all balances of a user.</summary>
    public BalancesResult Balances(string user) => new(Accounts.BalancesOf(AccountOf(user)));

    private static string Symbols => string.Join(", ", Listings.Instruments.Select(instrument => instrument.Symbol));

    private static OrdersResult Orders(IEnumerable<OrderRecord> orders) =>
        new([.. orders.Select(order => order.Market.Format.Order(order.State, order.ClientOrderId))]);

    private DemoAccount AccountOf(string user) => Accounts.Find(user)
        ?? throw new ClientException(401, "You have no account here: connect with {\"key\":\"32 to 128 characters\"} as data.");
}
