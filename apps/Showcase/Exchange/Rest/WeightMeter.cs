using Microsoft.Extensions.Options;

namespace Showcase.Exchange.Rest;

/// <summary>Counts the weight and the number of the calls of each address, and bans those that do not stop. Safe from any thread.</summary>
internal sealed class WeightMeter(TimeProvider time, IOptions<RestOptions> options)
{
    private const int FirstSweep = 256;
    private const long Minute = 60_000, FiveMinutes = 5 * Minute;
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3), BansForgotten = TimeSpan.FromDays(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Usage> _byAddress = [];
    private int _sweepAt = FirstSweep;

    /// <summary>The number of addresses that are counted.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _byAddress.Count;
        }
    }

    /// <summary>Counts a call.</summary>
    public WeightVerdict Take(string address, int weight)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var limits = options.Value;
        lock (_lock)
        {
            var usage = Find(address, now);
            usage.Renew(now);
            if (now < usage.BannedUntil) return new(WeightOutcome.Banned, usage.Weight, usage.BannedUntil, now);
            usage.Requests++;
            if (usage.Weight + weight <= limits.WeightPerMinute && usage.Requests <= limits.RequestsPerFiveMinutes)
            {
                usage.Weight += weight;
                return new(WeightOutcome.Allowed, usage.Weight, now, now);
            }

            if (++usage.Refusals <= limits.RefusalsBeforeBan)
            {
                var until = usage.Requests > limits.RequestsPerFiveMinutes ? (usage.RequestWindow + 1) * FiveMinutes : (usage.WeightWindow + 1) * Minute;
                return new(WeightOutcome.Limited, usage.Weight, until, now);
            }

            usage.BannedUntil = now + (long)Math.Min(limits.FirstBan.TotalMilliseconds * Math.Pow(2, usage.Bans++), LongestBan.TotalMilliseconds);
            return new(WeightOutcome.Banned, usage.Weight, usage.BannedUntil, now);
        }
    }

    private Usage Find(string address, long now)
    {
        if (_byAddress.TryGetValue(address, out var usage)) return usage;
        if (_byAddress.Count >= _sweepAt)
        {
            foreach (var (name, known) in _byAddress)
                if (known.IsForgotten(now)) _byAddress.Remove(name);
            _sweepAt = Math.Max(FirstSweep, 2 * _byAddress.Count);
        }

        return _byAddress[address] = new Usage();
    }

    private sealed class Usage
    {
        public long WeightWindow, RequestWindow, BannedUntil;
        public int Weight, Requests, Refusals, Bans;

        public void Renew(long now)
        {
            if (now / Minute != WeightWindow) (WeightWindow, Weight, Refusals) = (now / Minute, 0, 0);
            if (now / FiveMinutes != RequestWindow) (RequestWindow, Requests) = (now / FiveMinutes, 0);
        }

        public bool IsForgotten(long now) =>
            now / FiveMinutes > RequestWindow && (Bans == 0 || now > BannedUntil + (long)BansForgotten.TotalMilliseconds);
    }
}
