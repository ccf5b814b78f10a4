using System.Collections.Frozen;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Channels;

/// <summary>Finds the namespace of a channel and validates the channel's name. Immutable.</summary>
internal sealed class NamespaceTable
{
    private readonly FrozenDictionary<string, ChannelNamespace>.AlternateLookup<ReadOnlySpan<char>> _namespaces;
    private readonly int _maxLength;

    public NamespaceTable(HubOptions options, TimeProvider time)
    {
        _maxLength = options.MaxChannelLength;
        var namespaces = options.Namespaces
            .ToFrozenDictionary(pair => pair.Key, pair => new ChannelNamespace(pair.Key, pair.Value, options, time), StringComparer.Ordinal);
        _namespaces = namespaces.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Returns the channel's namespace, or an error that explains why the channel is rejected.</summary>
    public Outcome<ChannelNamespace> Find(string channel)
    {
        if (channel.Length == 0) return ClientErrors.BadRequest.Because("The command names no channel.");
        if (channel.Length > _maxLength) return ClientErrors.BadRequest.Because($"The channel's name has more than {_maxLength} characters (MaxChannelLength).");
        var name = new ChannelName(channel);
        if (!_namespaces.TryGetValue(name.Namespace, out var ns)) return ClientErrors.UnknownChannel;

        // A namespace alone is not a channel: a handler that appends the rest of the name could address another namespace's channels.
        if (name.Rest.IsEmpty) return ClientErrors.BadRequest.Because("The channel has a namespace and no name after it.");
        var isValid = ns.Pattern is { } pattern ? pattern.IsMatch(name.Rest) : IsPrintableAscii(channel);
        if (isValid) return ns;
        return ClientErrors.BadRequest.Because(ns.Pattern is null
            ? "The channel's name has characters other than printable ASCII: set ChannelPattern to allow them."
            : "The channel's name does not match the namespace's ChannelPattern.");
    }

    private static bool IsPrintableAscii(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');
}
