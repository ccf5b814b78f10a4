using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

/// <summary>Matching as one would write it on a napkin: one list, sorted again for each match.</summary>
internal sealed class NaiveExchange
{
    private readonly List<Resting> _resting = [];
    private readonly List<(long Id, Step Step)> _waiting = [];

    // The prices since the last check of the waiting orders.
    private readonly List<long> _traded = [];
    private long _lastId;

    public List<(long Maker, long Taker, long Price, long Quantity)> Trades { get; } = [];

    public IEnumerable<(long Price, long Quantity)> Levels(Side side) => _resting
        .Where(order => order.Side == side)
        .GroupBy(order => order.Price)
        .Select(level => (level.Key, level.Sum(order => order.Quantity)))
        .OrderBy(level => side == Side.Buy ? -level.Key : level.Key);

    /// <summary>Applies a command that the engine did not refuse.</summary>
    public void Apply(Step step)
    {
        switch (step.Kind)
        {
            case 0 or 1:
                Remove(step.Named);
                break;
            case 2:
                Take(++_lastId, step, limit: null, step.Quantity, budget: null);
                break;
            case 3:
                Take(++_lastId, step, limit: null, quantity: null, step.Budget);
                break;
            case 4 or 5:
                _waiting.Add((++_lastId, step with { TimeInForce = TimeInForce.GoodTillCanceled, Mode = default }));
                break;
            default:
                if (step.Kind == 6) Remove(step.Named);
                Enter(++_lastId, step);
                break;
        }

        while (NextTriggered() is { } triggered)
        {
            _waiting.Remove(triggered);
            Enter(triggered.Id, triggered.Step);
        }

        _traded.RemoveRange(0, Math.Max(0, _traded.Count - 1));
    }

    private void Remove(long id)
    {
        _resting.RemoveAll(order => order.Id == id);
        _waiting.RemoveAll(order => order.Id == id);
    }

    private (long Id, Step Step)? NextTriggered()
    {
        if (_traded.Count == 0) return null;
        var rising = _waiting.Where(order => WaitsForRise(order.Step) && order.Step.StopPrice <= _traded.Max()).OrderBy(order => order.Step.StopPrice);
        var falling = _waiting.Where(order => !WaitsForRise(order.Step) && order.Step.StopPrice >= _traded.Min()).OrderByDescending(order => order.Step.StopPrice);
        return rising.Concat(falling).Select(order => ((long, Step)?)order).FirstOrDefault();
    }

    private static bool WaitsForRise(Step step) => step.StopType == OrderType.StopLossLimit ? step.Side == Side.Buy : step.Side == Side.Sell;

    private void Enter(long id, Step step)
    {
        if (step.TimeInForce == TimeInForce.FillOrKill && Reachable(step).Sum(order => order.Quantity) < step.Quantity) return;
        var left = Take(id, step, step.Price, step.Quantity, budget: null);
        if (left > 0 && step.TimeInForce is TimeInForce.GoodTillCanceled or TimeInForce.PostOnly && left > 0)
            _resting.Add(new Resting(id, step.Account, step.Side, step.Price) { Quantity = left });
    }

    private IEnumerable<Resting> Reachable(Step step) => step.Mode == SelfTradePrevention.ExpireMaker
        ? Facing(step, step.Price).Where(order => order.Account != step.Account)
        : Facing(step, step.Price).TakeWhile(order => order.Account != step.Account);

    /// <summary>Matches an order and returns what is left of it; 0 when it may not rest.</summary>
    private long Take(long id, Step step, long? limit, long? quantity, long? budget)
    {
        var left = quantity ?? long.MaxValue;
        while (Facing(step, limit).FirstOrDefault() is { } best)
        {
            var wanted = budget is null ? left : budget.Value / (best.Price * Floor.TickStep);
            if (wanted == 0) return 0;
            if (best.Account == step.Account)
            {
                if (step.Mode != SelfTradePrevention.ExpireTaker) _resting.Remove(best);
                if (step.Mode != SelfTradePrevention.ExpireMaker) return 0;
                continue;
            }

            var filled = Math.Min(wanted, best.Quantity);
            Trades.Add((best.Id, id, best.Price, filled));
            _traded.Add(best.Price);
            left -= filled;
            budget -= filled * best.Price * Floor.TickStep;
            best.Quantity -= filled;
            if (best.Quantity == 0) _resting.Remove(best);
        }

        return left;
    }

    // The sort is stable, so orders at one price stay in the order in which they came to rest.
    private IEnumerable<Resting> Facing(Step step, long? limit) => _resting
        .Where(order => order.Side != step.Side)
        .Where(order => limit is null || (step.Side == Side.Buy ? order.Price <= limit : order.Price >= limit))
        .OrderBy(order => step.Side == Side.Buy ? order.Price : -order.Price);

    private sealed record Resting(long Id, int Account, Side Side, long Price)
    {
        public long Quantity { get; set; }
    }
}
