namespace Duplex.WebSockets.Origins;

/// <summary>
/// Decides from which web pages browsers may connect. RFC 6455 section 10.2: a browser lets any page open a
/// WebSocket to any server, loopback included, with that server's cookies; the server's check is the only guard.
/// Immutable, safe from any thread.
/// </summary>
public sealed class OriginPolicy
{
    // What browsers send for a sandboxed frame, a file and the like. RFC 6454 section 7.1.
    private const string Null = "null";

    private readonly OriginPattern[] _patterns;
    private readonly bool _isOwnHost;
    private readonly bool _allowsAny;
    private readonly bool _allowsNull;

    /// <summary>Makes a policy.</summary>
    /// <param name="allowed">
    /// Origins such as <c>https://example.org</c> or <c>http://localhost:3000</c>; <c>https://*.example.org</c> for
    /// every subdomain, at any depth, without <c>example.org</c> itself; <c>capacitor://localhost</c>, <c>file://</c> and
    /// other schemes of application shells and extensions; <c>null</c> for what has no origin that it could name, such as
    /// files and sandboxed frames of any page; <c>*</c> for everything.
    /// Empty means the host and port that the request names.
    /// </param>
    /// <exception cref="ArgumentException">An entry is none of these.</exception>
    public OriginPolicy(IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        _allowsAny = allowed.Contains("*");
        _allowsNull = allowed.Contains(Null);
        _isOwnHost = allowed.Count == 0;
        _patterns = [.. allowed.Where(static text => text is not ("*" or Null)).Select(OriginPattern.Parse)];
    }

    /// <summary>Why an entry is none of those that the constructor takes, and what to write in its place; null when it is one.</summary>
    public static string? FaultOf(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry is "*" or Null || OriginPattern.TryParse(entry, out _) ? null : OriginPattern.FaultOf(entry);
    }

    /// <summary>Whether a request may be let in.</summary>
    /// <param name="origin">The Origin field, or null when there is none: then it does not come from a browser's page.</param>
    /// <param name="host">The Host field, with the port if it was sent.</param>
    public bool Allows(string? origin, string? host)
    {
        if (origin is null || _allowsAny) return true;

        if (origin == Null) return _allowsNull;
        // Several origins and anything else that is not one do not parse.
        if (!Origin.TryParse(origin, out var parsed)) return false;
        if (_isOwnHost) return IsSameHost(parsed, host);
        // Not by a lambda: its closure would be made for requests without an origin too.
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(parsed)) return true;
        }

        return false;
    }

    // The scheme is left out of account: behind a proxy that ends TLS the request's own is not known here. A host
    // without a port stands for the default port of whichever scheme the page has.
    private static bool IsSameHost(in Origin origin, string? host) =>
        host is not null
        && origin.IsOfWebPage
        && Origin.TryParse($"{origin.Scheme}://{host}", out var self)
        && origin.Port == self.Port
        && string.Equals(origin.Host, self.Host, StringComparison.OrdinalIgnoreCase);
}
