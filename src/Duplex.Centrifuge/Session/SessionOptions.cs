using System.Collections.ObjectModel;
using Duplex.Messaging.Codes;

namespace Duplex.Centrifuge.Session;

/// <summary>Options of a session that depend on its transport.</summary>
internal sealed record SessionOptions
{
    /// <summary>The options of transports that have close codes.</summary>
    public static SessionOptions Default { get; } = new();

    /// <summary>
    /// Maps the code of a connect error to the disconnect that a one-way client receives, because one-way transports cannot
    /// carry errors. A code that is not in the map becomes the disconnect that the dialect defines. Default: empty.
    /// </summary>
    public IReadOnlyDictionary<uint, Disconnect> OneWayDisconnects { get; init; } = ReadOnlyDictionary<uint, Disconnect>.Empty;
}
