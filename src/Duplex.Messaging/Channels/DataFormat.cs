namespace Duplex.Messaging.Channels;

/// <summary>
/// What may be published in the channels of a namespace, through whichever door. Clients that speak JSON get of a
/// namespace of <see cref="Any"/> or <see cref="Binary"/> those publications that are JSON; the others pass them by.
/// </summary>
public enum DataFormat
{
    /// <summary>JSON of every kind.</summary>
    Json,

    /// <summary>JSON objects.</summary>
    JsonObject,

    /// <summary>Anything but nothing.</summary>
    Any,

    /// <summary>Anything, and nothing too.</summary>
    Binary,
}
