using System.Text.Json;
using Duplex.AspNetCore.Streams;
using Duplex.Messaging;
using Duplex.Messaging.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Api;

/// <summary>The server API over HTTP: a request names a method and its arguments, the answer holds a result or an error.</summary>
internal sealed class ApiEndpoints(IHub hub, ApiOptions options, ILogger<ApiEndpoints> logger)
{
    private const string ErrorModeHeader = "X-Centrifugo-Error-Mode";
    private const string TransportMode = "transport";
    private const int MaxBatch = 1000;

    // Only a method of the application answers this: a publication that comes too late is suppressed, which is no error.
    private const uint ConflictCode = 113;

    private readonly ApiMethods _methods = new(hub);

    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var group = endpoints.MapGroup(prefix);
        group.MapPost("", (RequestDelegate)(context => AnswerAsync(context, null)));
        group.MapPost("/{method}", (RequestDelegate)(context => AnswerAsync(context, (string)context.Request.RouteValues["method"]!)));
        return group;
    }

    private async Task AnswerAsync(HttpContext context, string? method)
    {
        if (!ApiKey.IsAccepted(context.Request, options))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var body = await BodyReader.ReadAsync(context.Request, options.MaxBodyBytes).ConfigureAwait(false);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        using var document = Parse(body);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var arguments = document.RootElement;
        if (method is null)
        {
            // The older shape names the method in the body.
            method = arguments.TryGetProperty("method", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            arguments = arguments.TryGetProperty("params", out var given) ? given : default;
        }

        if (method == "batch") await AnswerBatchAsync(context, arguments).ConfigureAwait(false);
        else await AnswerOneAsync(context, method ?? "", arguments).ConfigureAwait(false);
    }

    private async Task AnswerOneAsync(HttpContext context, string method, JsonElement arguments)
    {
        var (result, error) = await CallAsync(method, arguments, context.RequestAborted).ConfigureAwait(false);
        var usesStatus = options.UsesTransportErrors || context.Request.Headers[ErrorModeHeader] == TransportMode;
        if (error is not null && usesStatus) context.Response.StatusCode = StatusOf(error);
        await WriteAsync(context, json =>
        {
            if (error is not null) ApiResult.WriteError(json, error);
            else ApiResult.WriteObject(json, "result", result!);
        }).ConfigureAwait(false);
    }

    private async Task AnswerBatchAsync(HttpContext context, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty("commands", out var commands)
            || commands.ValueKind != JsonValueKind.Array || commands.GetArrayLength() > MaxBatch)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        List<(string Method, ApiResult? Result, ClientError? Error)> replies = [];
        if (arguments.TryGetProperty("parallel", out var parallel) && parallel.ValueKind == JsonValueKind.True)
        {
            replies.AddRange(await Task.WhenAll(commands.EnumerateArray().Select(command => CallAsync(command, context.RequestAborted))).ConfigureAwait(false));
        }
        else
        {
            foreach (var command in commands.EnumerateArray()) replies.Add(await CallAsync(command, context.RequestAborted).ConfigureAwait(false));
        }

        await WriteAsync(context, json =>
        {
            json.WriteStartArray("replies");
            foreach (var (method, result, error) in replies)
            {
                json.WriteStartObject();
                if (error is not null) ApiResult.WriteError(json, error);
                else ApiResult.WriteObject(json, method, result!);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    // A command of a batch: an object with one member, the method's name and its arguments.
    private async Task<(string Method, ApiResult? Result, ClientError? Error)> CallAsync(JsonElement command, CancellationToken cancellationToken)
    {
        var call = command.ValueKind == JsonValueKind.Object ? command.EnumerateObject().FirstOrDefault() : default;
        if (call.Value.ValueKind != JsonValueKind.Object) return ("", null, ClientErrors.BadRequest);
        var (result, error) = await CallAsync(call.Name, call.Value, cancellationToken).ConfigureAwait(false);
        return (call.Name, result, error);
    }

    private async Task<(ApiResult? Result, ClientError? Error)> CallAsync(
        string method, JsonElement arguments, CancellationToken cancellationToken)
    {
        try
        {
            return (await _methods.CallAsync(method, arguments, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ClientException exception)
        {
            return (null, exception.Error);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ApiFailed(exception, method);
            return (null, ClientErrors.Internal);
        }
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int StatusOf(ClientError error) => error.Code switch
    {
        102 or 104 => StatusCodes.Status404NotFound,
        107 or 108 => StatusCodes.Status400BadRequest,
        112 => StatusCodes.Status416RangeNotSatisfiable,
        ConflictCode => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status500InternalServerError,
    };
}
