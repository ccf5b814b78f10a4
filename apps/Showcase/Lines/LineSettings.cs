namespace Showcase.Lines;

/// <summary>
/// The properties of a line. Rate, delay and jitter apply to each direction of each connection. A new connection also waits
/// one round trip, as TCP's handshake would.
/// </summary>
public sealed record LineSettings
{
    /// <summary>The lowest rate in bytes per second.</summary>
    public const int MinBytesPerSecond = 500;

    /// <summary>The highest rate in bytes per second.</summary>
    public const int MaxBytesPerSecond = 100_000_000;

    /// <summary>The maximum of <see cref="Delay"/> and of <see cref="Jitter"/> in milliseconds.</summary>
    public const int MaxDelayMilliseconds = 5000;

    /// <summary>The maximum number of bytes under way that a long delay may hold, in each direction of each connection.</summary>
    internal const int MaxHeldBytes = 256 * 1024;

    private const int MinReadBytes = 256;
    private const int MaxReadBytes = 16 * 1024;

    // One read carries the bytes of a hundredth of a second, so that bytes pass evenly and timers stay few.
    private const int ReadsPerSecond = 100;

    /// <summary>The rate in bytes per second, or null for no limit. Default null.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>The time that bytes are under way. The round trip of a message is at least twice the delay. Default zero.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The maximum of the random time added to <see cref="Delay"/>; the order of bytes is preserved. Default zero.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Whether the line carries bytes. Default <see cref="LineState.Open"/>.</summary>
    public LineState State { get; init; }

    /// <summary>The maximum number of bytes taken from a socket at once.</summary>
    internal int ReadBytes => BytesPerSecond is { } rate ? Math.Clamp(rate / ReadsPerSecond, MinReadBytes, MaxReadBytes) : MaxReadBytes;

    /// <summary>
    /// The number of bytes under way from which no more are taken, so that TCP's flow control reaches the sender: what the
    /// rate carries during the longest delay, and one read.
    /// </summary>
    internal int HeldBytes
    {
        get
        {
            var longest = (Delay + Jitter).TotalSeconds;
            var product = BytesPerSecond is { } rate ? rate * longest : longest > 0 ? MaxHeldBytes : 0;
            return (int)Math.Min(product, MaxHeldBytes) + ReadBytes;
        }
    }

    /// <summary>Returns the fault of a value that is out of its range, as a sentence, or null.</summary>
    public string? Fault() =>
        BytesPerSecond is < MinBytesPerSecond or > MaxBytesPerSecond ? $"bytesPerSecond is out of range: {MinBytesPerSecond} to {MaxBytesPerSecond}."
        : IsOutOfRange(Delay) ? $"delayMs is out of range: 0 to {MaxDelayMilliseconds}."
        : IsOutOfRange(Jitter) ? $"jitterMs is out of range: 0 to {MaxDelayMilliseconds}."
        : !Enum.IsDefined(State) ? "state must be open, silent or cut."
        : null;

    private static bool IsOutOfRange(TimeSpan time) => time < TimeSpan.Zero || time > TimeSpan.FromMilliseconds(MaxDelayMilliseconds);
}
