using BenchmarkDotNet.Attributes;
using Showcase.Exchange.Matching;

namespace Benchmarks;

/// <summary>Measures the exchange's matching engine on one core: orders that rest, match and are canceled in a book with depth.</summary>
[MemoryDiagnoser]
public class MatchingBenchmarks
{
    private const int Orders = 1_000_000, Makers = 1, Takers = 2;

    private readonly Execution _execution = new();
    private NewOrder[] _orders = [];
    private MatchingEngine _engine = null!;

    /// <summary>Generates the orders: most rest near the price, some match.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        _orders = new NewOrder[Orders];
        for (var i = 0; i < Orders; i++)
        {
            var side = (Side)random.Next(2);
            var takes = random.Next(10) < 3;
            var offset = random.Next(1, 200) * (side == Side.Buy ? -1 : 1);
            _orders[i] = takes
                ? new NewOrder(Takers, side, OrderType.Limit, 14_000 - offset, random.Next(400, 4000), 0, TimeInForce.ImmediateOrCancel, i)
                : new NewOrder(Makers, side, OrderType.Limit, 14_000 + offset, random.Next(400, 4000), 0, TimeInForce.PostOnly, i);
        }
    }

    /// <summary>Creates an empty book and two accounts with sufficient balances.</summary>
    [IterationSetup]
    public void Open()
    {
        var ledger = new Ledger(assetCount: 2);
        _engine = new MatchingEngine(
            new Instrument
            {
                Symbol = "SOLUSDT",
                Base = 0,
                Quote = 1,
                PriceDecimals = 2,
                QuantityDecimals = 3,
                MaxPrice = 10_000_000,
                MaxQuantity = 90_000_000,
                MinNotional = 0,
                MakerFee = 750,
                TakerFee = 1000,
            },
            ledger);
        for (var account = Makers; account <= Takers; account++)
        {
            ledger.Open();
            ledger.Deposit(account, 0, long.MaxValue / 4);
            ledger.Deposit(account, 1, long.MaxValue / 4);
        }
    }

    /// <summary>Places each order, and after every second one cancels a recent order.</summary>
    [Benchmark(OperationsPerInvoke = Orders)]
    public long PlaceAndMatch()
    {
        for (var i = 0; i < _orders.Length; i++)
        {
            _engine.Place(_orders[i], _execution);
            if ((i & 1) == 0) _engine.Cancel(Makers, _engine.LastOrderId - 50, i, _execution);
            _execution.Clear();
        }

        return _engine.LastTradeId;
    }
}
