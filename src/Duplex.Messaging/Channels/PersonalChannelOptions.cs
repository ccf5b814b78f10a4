namespace Duplex.Messaging.Channels;

/// <summary>
/// Options of personal channels: the server subscribes each client that has a user to the channel <c>#user</c>. A user
/// whose id contains a comma or a number sign has no such channel, because its name would admit others (<c>#7,8</c> is for 7 and 8), nor
/// has one whose id does not form a valid channel name: too long, with characters that the namespace does not allow (printable ASCII, or
/// its pattern), or with a colon while <see cref="Namespace"/> is empty. Such users connect without a personal channel.
/// </summary>
public sealed class PersonalChannelOptions
{
    /// <summary>Whether personal channels are enabled. Default false.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>The namespace of the channels, which must exist. Default: the one with the empty name.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Whether a user may have only one connection to this node: a new one ends the others with 3504. Default false.</summary>
    public bool IsSingleConnection { get; set; }

    internal string? ChannelOf(string user, NamespaceTable namespaces)
    {
        if (!IsEnabled || user.Length == 0 || user.AsSpan().IndexOfAny(',', '#') >= 0) return null;
        var channel = Namespace.Length == 0 ? $"#{user}" : $"{Namespace}:#{user}";
        return namespaces.Find(channel).Value?.Name == Namespace ? channel : null;
    }
}
