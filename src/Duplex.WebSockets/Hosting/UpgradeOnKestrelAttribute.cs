namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Metadata of an endpoint whose upgrades go through Kestrel and the application's middleware even where event loops
/// run: sessions, cookies, or checks of your own that must see the request. Endpoints with authorization or rate
/// limits do so without being told.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UpgradeOnKestrelAttribute : Attribute;
