namespace Showcase.Visitors;

/// <summary>The rate limits of a user or an address, by act. An act without a limit is not permitted.</summary>
public sealed class Rates
{
    private readonly Dictionary<Act, Rate> _rates = [];

    /// <summary>The rate limit of an act.</summary>
    /// <exception cref="KeyNotFoundException">The act has no rate limit.</exception>
    public Rate this[Act act]
    {
        get => _rates[act];
        set => _rates[act] = value;
    }

    /// <summary>Copies the rate limits of all acts.</summary>
    public void CopyTo(Rates other)
    {
        foreach (var (act, rate) in _rates) other[act] = rate;
    }

    internal bool AreValid => _rates.Values.All(rate => rate.Burst >= 1 && rate.PerSecond > 0 && double.IsFinite(rate.PerSecond));
}
