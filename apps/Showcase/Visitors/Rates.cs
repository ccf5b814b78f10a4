namespace Showcase.Visitors;

/// <summary>The rate limits of a user or an address, by act.</summary>
public sealed class Rates
{
    private readonly Rate[] _rates = new Rate[Enum.GetValues<Act>().Length];

    /// <summary>The rate limit of an act.</summary>
    public Rate this[Act act]
    {
        get => _rates[(int)act];
        set => _rates[(int)act] = value;
    }

    internal bool AreValid => _rates.All(rate => rate.Burst >= 1 && rate.PerSecond > 0 && double.IsFinite(rate.PerSecond));
}
