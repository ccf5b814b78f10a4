using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Publications;

/// <summary>The options that become part of a publication, in a stream and in a map.</summary>
internal interface IPublicationOptions
{
    IReadOnlyDictionary<string, string>? Tags { get; }

    ulong Version { get; }

    bool Delta { get; }

    ClientInfo? Info { get; }

    long Score => 0;
}
