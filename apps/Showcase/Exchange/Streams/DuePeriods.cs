namespace Showcase.Exchange.Streams;

/// <summary>The periods that have begun since the time before.</summary>
/// <param name="Now">The current time in Unix milliseconds.</param>
/// <param name="Before">The time of the call before.</param>
internal readonly record struct DuePeriods(long Now, long Before)
{
    public bool Tenth => Began(100);

    public bool Second => Began(1000);

    public bool TwoSeconds => Began(2000);

    public bool ThreeSeconds => Began(3000);

    private bool Began(long period) => Now / period != Before / period;
}
