using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

/// <summary>One symbol with a few funded accounts. Ticks of 0.01 and steps of 0.001, so a tick times a step is 1000 units.</summary>
internal sealed class Floor
{
    public const int Sol = 0, Usdt = 1, Alice = 1, Bob = 2, Carol = 3;
    public const long TickStep = 1000;

    private long _time = 1_000;

    public Floor(long solUnits = 1_000_000_000_000, long usdtUnits = 100_000_000_000_000, long minNotional = 0, int accounts = 4)
    {
        Instrument = new Instrument
        {
            Symbol = "SOLUSDT",
            Base = Sol,
            Quote = Usdt,
            PriceDecimals = 2,
            QuantityDecimals = 3,
            MaxPrice = 10_000_000,
            MaxQuantity = 90_000_000,
            MinNotional = minNotional,
            MakerFee = 750,
            TakerFee = 1000,
        };
        Ledger = new Ledger(assetCount: 2);
        Engine = new MatchingEngine(Instrument, Ledger);
        for (var i = 1; i < accounts; i++)
        {
            var account = Ledger.Open();
            Ledger.Deposit(account, Sol, solUnits);
            Ledger.Deposit(account, Usdt, usdtUnits);
        }
    }

    public Instrument Instrument { get; }

    public Ledger Ledger { get; }

    public MatchingEngine Engine { get; }

    public OrderBook Book => Engine.Book;

    /// <summary>All that happened so far.</summary>
    public Execution Log { get; } = new();

    public Rejection Limit(
        int account, Side side, long price, long quantity, TimeInForce timeInForce = TimeInForce.GoodTillCanceled,
        SelfTradePrevention mode = default, long? replaces = null) =>
        Place(new NewOrder(account, side, OrderType.Limit, price, quantity, 0, timeInForce, ++_time, 0, mode), replaces);

    public Rejection Stop(int account, Side side, OrderType type, long stopPrice, long price, long quantity) =>
        Place(new NewOrder(account, side, type, price, quantity, 0, TimeInForce.GoodTillCanceled, ++_time, stopPrice));

    public Rejection Market(int account, Side side, long quantity, SelfTradePrevention mode = default) =>
        Place(new NewOrder(account, side, OrderType.Market, 0, quantity, 0, default, ++_time, 0, mode));

    public Rejection Spend(int account, long amount, Side side = Side.Buy, SelfTradePrevention mode = default) =>
        Place(new NewOrder(account, side, OrderType.Market, 0, 0, amount, default, ++_time, 0, mode));

    public Rejection Cancel(int account, long id) => Engine.Cancel(account, id, ++_time, Log);

    private Rejection Place(in NewOrder order, long? replaces = null)
    {
        var rejection = replaces is { } id ? Engine.Replace(id, order, Log) : Engine.Place(order, Log);
        while (Engine.Trigger(++_time, Log))
        {
            // The log receives each triggered order.
        }

        return rejection;
    }

    public OrderState Order(long id) => Log.Orders.Last(order => order.Id == id);

    public IEnumerable<(long Price, long Quantity)> Levels(Side side) =>
        Enumerable.Range(0, Book.LevelCount(side)).Select(i => Book.LevelAt(side, i));
}
