using Duplex.Configuration;

namespace Showcase.Exchange.Rest;

/// <summary>The rate limits of the public calls, for each address.</summary>
public sealed class RestOptions
{
    /// <summary>The weight of the calls in a minute; further ones are refused with 429. Default 6,000.</summary>
    [NumberRange(1, int.MaxValue, "weight")]
    public int WeightPerMinute { get; set; } = 6000;

    /// <summary>The number of calls in five minutes; further ones are refused with 429. Default 61,000.</summary>
    [NumberRange(1, int.MaxValue, "calls")]
    public int RequestsPerFiveMinutes { get; set; } = 61_000;

    /// <summary>The number of calls refused with 429 in a minute, beyond which the address is banned and its calls are refused with 418. Default 30.</summary>
    [NumberRange(1, int.MaxValue, "calls")]
    public int RefusalsBeforeBan { get; set; } = 30;

    /// <summary>The length of the first ban of an address; each later one is twice as long, up to three days. Default 2 minutes.</summary>
    [TimeRange("00:00:01", "3.00:00:00")]
    public TimeSpan FirstBan { get; set; } = TimeSpan.FromMinutes(2);
}
