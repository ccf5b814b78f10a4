namespace Duplex.Messaging.Channels;

/// <summary>
/// The data accepted in publications of a namespace, from clients and from the server. In a namespace of <see cref="Any"/> or
/// <see cref="Binary"/>, clients that use JSON receive only the publications that are JSON; the others are dropped for them.
/// </summary>
public enum DataFormat
{
    /// <summary>Any JSON value.</summary>
    Json,

    /// <summary>JSON objects only.</summary>
    JsonObject,

    /// <summary>Any data that is not empty.</summary>
    Any,

    /// <summary>Any data, including none.</summary>
    Binary,
}
