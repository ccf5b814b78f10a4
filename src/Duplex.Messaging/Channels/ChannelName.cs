namespace Duplex.Messaging.Channels;

/// <summary>
/// Parses a channel's name: an optional <c>$</c> for channels that need a token, the namespace before the
/// first colon, the rest, and after a number sign the users to whom the channel is limited.
/// </summary>
internal readonly ref struct ChannelName
{
    private const char PrivatePrefix = '$';
    private const char NamespaceBoundary = ':';
    private const char UserBoundary = '#';
    private const char UserSeparator = ',';

    public ChannelName(ReadOnlySpan<char> name)
    {
        IsPrivate = !name.IsEmpty && name[0] == PrivatePrefix;
        var rest = IsPrivate ? name[1..] : name;
        var colon = rest.IndexOf(NamespaceBoundary);
        Namespace = colon < 0 ? [] : rest[..colon];
        Rest = rest[(colon + 1)..];
        var users = Rest.LastIndexOf(UserBoundary);
        IsUserLimited = users >= 0;
        Users = IsUserLimited ? Rest[(users + 1)..] : [];
    }

    public bool IsPrivate { get; }

    public ReadOnlySpan<char> Namespace { get; }

    public ReadOnlySpan<char> Rest { get; }

    public bool IsUserLimited { get; }

    public ReadOnlySpan<char> Users { get; }

    public bool Names(ReadOnlySpan<char> user)
    {
        if (user.IsEmpty) return false;
        foreach (var part in Users.Split(UserSeparator))
        {
            if (Users[part].SequenceEqual(user)) return true;
        }

        return false;
    }
}
