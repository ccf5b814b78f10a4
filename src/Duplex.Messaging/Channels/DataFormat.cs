namespace Duplex.Messaging.Channels;

/// <summary>What may be published in the channels of a namespace.</summary>
public enum DataFormat
{
    /// <summary>Anything but nothing.</summary>
    Any,

    /// <summary>JSON of every kind.</summary>
    Json,

    /// <summary>JSON objects.</summary>
    JsonObject,

    /// <summary>Anything, and nothing too.</summary>
    Binary,
}
