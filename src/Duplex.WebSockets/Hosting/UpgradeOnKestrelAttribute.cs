namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Marks an endpoint whose upgrades go through Kestrel and the application's middleware even where event loops run, for
/// sessions, cookies or application checks that need the request. Endpoints with authorization or rate limits do so without
/// this attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UpgradeOnKestrelAttribute : Attribute;
