using System.Globalization;
using System.Net;
using System.Text.Json;
using Duplex.AspNetCore.Hosting;
using Showcase.Hosting;
using Showcase.Lines.Wire;
using Showcase.Visitors;

namespace Showcase.Lines;

/// <summary>
/// Registers and maps the control of lines, which docs/protocol/line.md describes. It uses HTTP instead of calls of the hub,
/// because a page controls the line that carries its only connection to the hub.
/// </summary>
public static class LineEndpoints
{
    /// <summary>Registers the lines and their limits, and admits pages that connect through a line: its port is not that of their origin.</summary>
    public static DuplexBuilder AddLines(this DuplexBuilder duplex)
    {
        duplex.Services.AddSection<LineOptions>("Lines");
        duplex.Services.AddBackground<LineRegistry>();
        return duplex.ConfigureTransports(static transports => transports.AllowedOrigins.Add("self:*"));
    }

    /// <summary>Maps <c>/lines</c>.</summary>
    public static void MapLines(this IEndpointRouteBuilder app)
    {
        var lines = app.MapGroup("/lines").AddEndpointFilter(RequireLoopbackAsync);
        lines.MapPost("", Open);
        lines.MapPut("/{id}", Change);
        lines.MapGet("/{id}", static (string id, LineRegistry registry) =>
            registry.TryFind(id, out var line) ? Json(line.Counts(), StatusCodes.Status200OK) : NotFound());
        lines.MapGet("/{id}/wire", WireOf);
        lines.MapDelete("/{id}", static async (string id, LineRegistry registry) =>
            await registry.CloseAsync(id) ? Results.NoContent() : NotFound());
    }

    private static async Task<IResult> Open(HttpContext context, LineRegistry registry)
    {
        var (request, fault) = await ReadAsync(context.Request);
        if (request is null) return Refusal.Of(StatusCodes.Status400BadRequest, fault!);
        var id = SecretId.New();
        var user = string.IsNullOrEmpty(request.Key) ? "" : Visitor.UserOf(request.Key);
        var connection = context.Connection;
        var server = new IPEndPoint(connection.LocalIpAddress!, connection.LocalPort);
        return registry.TryOpen(id, user, server, request.Settings, out var line) is { } reason
            ? Refusal.Of(StatusCodes.Status429TooManyRequests, reason)
            : Json(new OpenedLine(id, line!.Port), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Change(string id, HttpContext context, LineRegistry registry)
    {
        var (request, fault) = await ReadAsync(context.Request);
        if (request is null) return Refusal.Of(StatusCodes.Status400BadRequest, fault!);
        if (!registry.TryFind(id, out var line)) return NotFound();
        line.Settings = request.Settings;
        return Json(line.Counts(), StatusCodes.Status200OK);
    }

    private static IResult WireOf(string id, string? up, string? down, LineRegistry registry)
    {
        if (!registry.TryFind(id, out var line)) return NotFound();
        if (line.Passed() is not { } passed) return Refusal.Of(StatusCodes.Status404NotFound, "No connection was opened on this line.");
        return !TryReadPosition(up, passed.Up, out var upFrom) ? OutOfRange(nameof(up), passed.Up)
            : !TryReadPosition(down, passed.Down, out var downFrom) ? OutOfRange(nameof(down), passed.Down)
            : Results.Json(WireReader.Read(passed, upFrom, downFrom), WireJson.Default.WireReport);
    }

    private static bool TryReadPosition(string? text, CapturedBytes captured, out long position)
    {
        position = 0;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out position) && position <= captured.End);
    }

    private static IResult OutOfRange(string name, CapturedBytes captured) =>
        Refusal.Of(StatusCodes.Status400BadRequest, $"{name} is out of range: 0 to {captured.End}, the bytes that passed.");

    // A line listens on loopback, so only a browser on this machine reaches it. The Host field of a page whose name was made
    // to resolve to loopback is that name.
    private static async ValueTask<object?> RequireLoopbackAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        return context.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
            && LoopbackNames.Contains(new HostString(context.Request.Headers.Host.ToString()).Host)
            ? await next(invocation)
            : Refusal.Of(StatusCodes.Status403Forbidden, "Lines exist only for browsers on the server's machine, at localhost or 127.0.0.1.");
    }

    // The content type of JSON makes browsers send a preflight request, which no endpoint answers: pages of other origins
    // cannot open lines.
    private static async Task<(LineRequest? Request, string? Fault)> ReadAsync(HttpRequest body)
    {
        if (!body.HasJsonContentType()) return (null, "The content type must be application/json.");
        try
        {
            var request = await body.ReadFromJsonAsync(LineJson.Default.LineRequest, body.HttpContext.RequestAborted);
            var fault = request is null ? "The body must be an object." : request.Settings.Fault();
            return fault is null ? (request, null) : (null, fault);
        }
        catch (JsonException)
        {
            return (null, "The body must be an object with the numbers bytesPerSecond, delayMs and jitterMs and the state open, silent or cut, each of them optional.");
        }
    }

    private static IResult NotFound() => Refusal.Of(StatusCodes.Status404NotFound, "There is no such line: open one.");

    private static IResult Json<T>(T value, int code) => Results.Json(value, LineJson.Default, statusCode: code);
}
