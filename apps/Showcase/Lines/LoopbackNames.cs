namespace Showcase.Lines;

/// <summary>The host names under which pages reach lines. Content security policies accept no IPv6 address, so <c>[::1]</c> is none.</summary>
public static class LoopbackNames
{
    /// <summary>Returns whether a host is one of the names.</summary>
    public static bool Contains(string host) => host is "127.0.0.1" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
