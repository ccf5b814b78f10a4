using Duplex.Messaging.Errors;
using Showcase.Exchange.Accounts;
using Showcase.Exchange.Candles;
using Showcase.Exchange.Matching;
using Showcase.Exchange.Wire;

namespace Showcase.Exchange;

/// <summary>The market of one symbol: executes commands on its engine and passes their outcome to the market data and the accounts.</summary>
public sealed class Market
{
    private readonly DemoAccounts _accounts;
    private readonly Execution _triggered = new();

    public Market(Instrument instrument, Ledger ledger, DemoAccounts accounts, Outbox outbox, long lastId)
    {
        _accounts = accounts;
        Instrument = instrument;
        Engine = new MatchingEngine(instrument, ledger, lastId);
        Format = new MessageFormat(instrument);
        Data = new MarketData(instrument, Engine.Book, Format, outbox);
    }

    /// <summary>The traded instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The matching engine.</summary>
    public MatchingEngine Engine { get; }

    /// <summary>The message format of this symbol.</summary>
    public MessageFormat Format { get; }

    /// <summary>The public market data.</summary>
    public MarketData Data { get; }

    /// <summary>The outcome of the latest command.</summary>
    public Execution Execution { get; } = new();

    /// <summary>Returns the candles of an interval.</summary>
    /// <exception cref="ClientException">400 when the interval is unknown.</exception>
    public CandleSeries Series(string? interval) => Data.Find(interval) ?? throw new ClientException(
        400, $"interval must be one of {string.Join(", ", CandleInterval.All.Select(known => known.Name))}.");

    /// <summary>
    /// Places an order, and then executes the stop orders that its trades trigger. <see cref="Execution"/> holds the outcome of
    /// the order until the next command.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="clientOrderId">The owner's id for the order.</param>
    /// <param name="replaces">The id of an open order that the order replaces; null for none.</param>
    public Rejection Place(in NewOrder order, string? clientOrderId = null, long? replaces = null)
    {
        Execution.Clear();
        var rejection = replaces is { } id ? Engine.Replace(id, order, Execution) : Engine.Place(order, Execution);
        if (rejection != Rejection.None) return rejection;
        Record(Execution, clientOrderId);
        for (_triggered.Clear(); Engine.Trigger(order.Time, _triggered); _triggered.Clear()) Record(_triggered, clientOrderId: null);
        return Rejection.None;
    }

    /// <summary>Cancels an order. <see cref="Execution"/> holds the outcome until the next command.</summary>
    public Rejection Cancel(int account, long id, long now)
    {
        Execution.Clear();
        var rejection = Engine.Cancel(account, id, now, Execution);
        if (rejection == Rejection.None) Record(Execution, clientOrderId: null);
        return rejection;
    }

    private void Record(Execution execution, string? clientOrderId)
    {
        Data.Record(execution);
        _accounts.Record(this, execution, clientOrderId);
    }
}
