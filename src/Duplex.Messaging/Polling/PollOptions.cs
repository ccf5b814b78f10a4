using Duplex.Configuration;

namespace Duplex.Messaging.Polling;

/// <summary>How the channels of a shared-poll namespace behave: clients track keys, and the hub requests the values of all tracked keys from the application at once.</summary>
public sealed class PollOptions
{
    /// <summary>Time between two requests for all tracked keys.</summary>
    /// <value>From 1 ms to 30 days. Default 10 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most keys of one request; further ones follow in further requests.</summary>
    /// <value>From 1 to 1,000,000 keys. Default 1,000.</value>
    [NumberRange(1, 1_000_000, "keys")]
    public int RefreshBatchSize { get; set; } = 1000;

    /// <summary>Keys that a connection may track, over all its channels; more are refused with 106.</summary>
    /// <value>From 1 to 1,000,000 keys. Default 5,000.</value>
    [NumberRange(1, 1_000_000, "keys")]
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
