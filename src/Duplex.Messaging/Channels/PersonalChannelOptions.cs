namespace Duplex.Messaging.Channels;

/// <summary>
/// Whether the server subscribes each client that has a user to the channel <c>#user</c>, and in which namespace. A user
/// whose id holds a comma or a number sign has none, because the name would let in others (<c>#7,8</c> is of 7 and 8), nor
/// has one whose id makes no legal name of a channel there: too long, not of the namespace's letters (printable ASCII, or
/// what its pattern takes), or with a colon where <see cref="Namespace"/> is empty. Such users connect without.
/// </summary>
public sealed class PersonalChannelOptions
{
    /// <summary>Switches the channels on. Default false.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>The namespace of the channels, which must exist. Default: the one with the empty name.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Lets a user have one connection to this node: a new one ends the others with 3504. Default false.</summary>
    public bool IsSingleConnection { get; set; }

    internal string? ChannelOf(string user, NamespaceTable namespaces)
    {
        if (!IsEnabled || user.Length == 0 || user.AsSpan().IndexOfAny(',', '#') >= 0) return null;
        var channel = Namespace.Length == 0 ? $"#{user}" : $"{Namespace}:#{user}";
        return namespaces.Find(channel).Value?.Name == Namespace ? channel : null;
    }
}
