using Duplex.Configuration;

namespace Duplex.Messaging.Polling;

/// <summary>Options of the channels of a shared-poll namespace: clients track keys, and the hub requests the values of all tracked keys from the application at once.</summary>
public sealed class PollOptions
{
    /// <summary>Time between two requests for all tracked keys.</summary>
    /// <value>From 1 ms to 30 days. Default 10 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum number of keys in one request; the remaining keys are requested separately.</summary>
    /// <value>From 1 to 1,000,000 keys. Default 1,000.</value>
    [NumberRange(1, 1_000_000, "keys")]
    public int RefreshBatchSize { get; set; } = 1000;

    /// <summary>Maximum number of keys that a connection tracks over all its channels; more are refused with 106.</summary>
    /// <value>From 1 to 1,000,000 keys. Default 5,000.</value>
    [NumberRange(1, 1_000_000, "keys")]
    public int MaxKeysPerConnection { get; set; } = 5000;

    /// <summary>
    /// The secret with which the application signs the keys that a user may track (<see cref="PollSignature"/>). Without it
    /// no client may track keys, unless <see cref="AllowUnsignedKeys"/> is set.
    /// </summary>
    public string? HmacSecretKey { get; set; }

    /// <summary>Lets every subscriber track any key when there is no secret. Default false.</summary>
    public bool AllowUnsignedKeys { get; set; }

    /// <summary>
    /// Whether the application's values have versions: an item is then new when its version is above the last one.
    /// Default false: the hub compares the data and counts the versions itself.
    /// </summary>
    public bool IsVersioned { get; set; }
}
