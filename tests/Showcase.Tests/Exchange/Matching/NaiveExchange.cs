using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

/// <summary>Matching as one would write it on a napkin: one list, sorted again for each match.</summary>
internal sealed class NaiveExchange
{
    private readonly List<Resting> _resting = [];
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
                _resting.RemoveAll(order => order.Id == (step.Price - 95) * step.Quantity);
                break;
            case 2:
                Take(step, limit: null, step.Quantity, budget: null);
                break;
            case 3:
                Take(step with { Side = Side.Buy }, limit: null, quantity: null, step.Price * step.Quantity * Floor.TickStep / 3);
                break;
            default:
                var isKilled = step.TimeInForce == TimeInForce.FillOrKill
                    && Facing(step, step.Price).Where(order => order.Account != step.Account).Sum(order => order.Quantity) < step.Quantity;
                var left = isKilled ? Skip() : Take(step, step.Price, step.Quantity, budget: null);
                if (left > 0 && step.TimeInForce is TimeInForce.GoodTillCanceled or TimeInForce.PostOnly && left > 0)
                    _resting.Add(new Resting(_lastId, step.Account, step.Side, step.Price) { Quantity = left });
                break;
        }
    }

    private long Skip()
    {
        _lastId++;
        return 0;
    }

    private long Take(Step step, long? limit, long? quantity, long? budget)
    {
        _lastId++;
        var left = quantity ?? long.MaxValue;
        while (Facing(step, limit).FirstOrDefault() is { } best)
        {
            var wanted = budget is null ? left : budget.Value / (best.Price * Floor.TickStep);
            if (wanted == 0) return 0;
            if (best.Account == step.Account)
            {
                _resting.Remove(best);
                continue;
            }

            var filled = Math.Min(wanted, best.Quantity);
            Trades.Add((best.Id, _lastId, best.Price, filled));
            left -= filled;
            budget -= filled * best.Price * Floor.TickStep;
            best.Quantity -= filled;
            if (best.Quantity == 0) _resting.Remove(best);
        }

        return left;
    }

    private IEnumerable<Resting> Facing(Step step, long? limit) => _resting
        .Where(order => order.Side != step.Side)
        .Where(order => limit is null || (step.Side == Side.Buy ? order.Price <= limit : order.Price >= limit))
        .OrderBy(order => step.Side == Side.Buy ? order.Price : -order.Price)
        .ThenBy(order => order.Id);

    private sealed record Resting(long Id, int Account, Side Side, long Price)
    {
        public long Quantity { get; set; }
    }
}
