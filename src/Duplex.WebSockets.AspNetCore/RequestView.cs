using System.Net;
using System.Security.Claims;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Http;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>Presents an ASP.NET Core request to endpoints.</summary>
internal sealed class RequestView(HttpContext context) : IUpgradeRequestView
{
    public string Path => context.Request.PathBase.Add(context.Request.Path).Value ?? "/";

    public string Query => context.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : "";

    public EndPoint? RemoteEndPoint =>
        context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;

    public ClaimsPrincipal? User => context.User;

    public string? FindHeader(string name) => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public IReadOnlyDictionary<string, string> CopyHeaders() =>
        context.Request.Headers.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
