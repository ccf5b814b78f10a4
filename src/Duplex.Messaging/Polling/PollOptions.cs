namespace Duplex.Messaging.Polling;

/// <summary>How the channels of a shared-poll namespace behave: their clients track keys, and the hub asks the application for all of them at once.</summary>
public sealed class PollOptions
{
    /// <summary>Time between two questions for all tracked keys. Default 10 s.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most keys of one question; more are asked one batch after another. Default 1000.</summary>
    public int RefreshBatchSize { get; set; } = 1000;

    /// <summary>Keys a connection may track, over all its channels; more are refused with 106. Default 5000.</summary>
    public int MaxKeysPerConnection { get; set; } = 5000;

    /// <summary>
    /// The secret with which the application signs the keys a user may track (<see cref="PollSignature"/>). Without it
    /// nobody may track anything, unless <see cref="AllowUnsignedKeys"/> is set.
    /// </summary>
    public string? HmacSecretKey { get; set; }

    /// <summary>Lets every subscriber track any key, where there is no secret. Default false.</summary>
    public bool AllowUnsignedKeys { get; set; }

    /// <summary>
    /// Whether the application's values have versions: an item is then new when its version is above the last one.
    /// Default false: the hub compares the data and counts the versions itself.
    /// </summary>
    public bool IsVersioned { get; set; }
}
