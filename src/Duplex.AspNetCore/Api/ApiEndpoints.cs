using System.Text.Json;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Json;
using Duplex.AspNetCore.Streams;
using Duplex.Messaging.Codes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Duplex.AspNetCore.Api;

/// <summary>
/// Serves the server API over HTTP: a request has a method and its arguments, the response a result or an error. If the path
/// has no method, the body names it and may contain several commands, whose replies are written one per line.
/// </summary>
internal sealed class ApiEndpoints(ApiCaller caller, ApiGate gate, ApiOptions options, BodyReader bodies, RequestRefusalLog log)
{
    private const string ErrorModeHeader = "X-Centrifugo-Error-Mode";
    private const string TransportMode = "transport";
    private const string Path = "path";

    private static readonly Dictionary<uint, int> Statuses = new()
    {
        [ClientErrors.UnknownChannel.Code] = StatusCodes.Status404NotFound,
        [ClientErrors.MethodNotFound.Code] = StatusCodes.Status404NotFound,
        [ClientErrors.BadRequest.Code] = StatusCodes.Status400BadRequest,
        [ClientErrors.NotAvailable.Code] = StatusCodes.Status400BadRequest,
        [ClientErrors.UnrecoverablePosition.Code] = StatusCodes.Status416RangeNotSatisfiable,

        // Only methods of the application return this: the hub suppresses a publication that is out of date, without an error.
        [ClientErrors.ConcurrentPagination.Code] = StatusCodes.Status409Conflict,
    };

    private static readonly ApiRefusal NoSuchPath = new(StatusCodes.Status404NotFound, ClientErrors.MethodNotFound);

    /// <summary>Maps every path below the prefix, so that the response to a wrong path or verb has a body too.</summary>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string prefix) =>
        endpoints.MapGroup(prefix).Map($"{{**{Path}}}", (RequestDelegate)AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        var method = ((string?)context.Request.RouteValues[Path])?.TrimEnd('/');
        if (string.IsNullOrEmpty(method)) method = null;
        var refusal = gate.Refuse(context.Request);
        if (refusal is null && method?.Contains('/', StringComparison.Ordinal) == true) refusal = NoSuchPath;
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var (bytes, status) = await bodies.ReadAsync(context.Request, options.MaxBodyBytes).ConfigureAwait(false);
        if (bytes is null)
        {
            await RefuseAsync(context, new ApiRefusal(status, ApiRefusal.Bad(FaultOf(status)))).ConfigureAwait(false);
            return;
        }

        using var body = ApiBody.Parse(bytes, out var fault);
        if (body is null || (method is not null && body.Count > 1))
        {
            await RefuseAsync(context, ApiRefusal.BadRequest(body is null ? fault : "the body has more than one JSON object")).ConfigureAwait(false);
            return;
        }

        if (body.Count == 1) await AnswerOneAsync(context, method, body[0]).ConfigureAwait(false);
        else await AnswerEachAsync(context, body).ConfigureAwait(false);
    }

    private async Task AnswerOneAsync(HttpContext context, string? method, JsonElement arguments)
    {
        if (method is null) (method, arguments) = CommandOf(arguments);
        var (reply, error) = await caller.AnswerAsync(method, arguments, context.RequestAborted).ConfigureAwait(false);
        var usesStatus = options.UsesTransportErrors || context.Request.Headers[ErrorModeHeader] == TransportMode;
        await WriteAsync(context, error is not null && usesStatus ? StatusOf(error) : StatusCodes.Status200OK, reply).ConfigureAwait(false);
    }

    private async Task AnswerEachAsync(HttpContext context, ApiBody body)
    {
        using var lines = new MemoryStream();
        for (var i = 0; i < body.Count; i++)
        {
            if (i > 0) lines.WriteByte((byte)'\n');
            var (method, arguments) = CommandOf(body[i]);
            var (reply, _) = await caller.AnswerAsync(method, arguments, context.RequestAborted).ConfigureAwait(false);
            lines.Write(reply.Span);
        }

        await WriteAsync(context, StatusCodes.Status200OK, lines.ToArray()).ConfigureAwait(false);
    }

    // The older format has the method in the body.
    private static (string Method, JsonElement Arguments) CommandOf(JsonElement command)
    {
        var method = JsonText.TryFind(command, "method", out var name) && name.ValueKind == JsonValueKind.String && JsonText.TryRead(name, out var text) ? text : "";
        return (method, JsonText.TryFind(command, "params", out var arguments) && arguments.ValueKind != JsonValueKind.Null ? arguments : ApiArguments.None);
    }

    private Task RefuseAsync(HttpContext context, ApiRefusal refusal)
    {
        log.Refused("A server API call", context, refusal.Status, $"{refusal.Error.Message}.");
        if (refusal.Status == StatusCodes.Status405MethodNotAllowed) context.Response.Headers.Allow = HttpMethods.Post;
        return WriteAsync(context, refusal.Status, ApiReply.Render(refusal.Error));
    }

    private static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private string FaultOf(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => $"the body has more than {options.MaxBodyBytes} bytes",
        StatusCodes.Status408RequestTimeout => $"the body did not arrive within {options.BodyTimeout.TotalSeconds} s",
        _ => "the server is shutting down",
    };

    private static int StatusOf(ClientError error) => Statuses.GetValueOrDefault(error.Code, StatusCodes.Status500InternalServerError);
}
