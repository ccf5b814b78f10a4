using System.Globalization;
using Microsoft.Net.Http.Headers;
using Showcase.Hosting;
using Showcase.Pad.Documents;

namespace Showcase.Pad;

/// <summary>Serves documents as plain text.</summary>
internal static class PadTextEndpoint
{
    /// <summary>Maps <c>/pad/{doc}.txt</c>, whose entity tag is the version.</summary>
    public static void MapPadTexts(this IEndpointRouteBuilder app) => app.MapGet("/pad/{doc}.txt", static async (string doc, DocumentStore store, HttpContext context) =>
    {
        using var turn = await store.Turns.TakeAsync(context.RequestAborted);
        if (store.Find(doc) is not { } document) return Refusal.Of(404, "There is no such document.");
        context.Response.Headers.CacheControl = "no-cache";
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{document.Version}\""));
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.GetTypedHeaders().ETag = tag;
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        context.Response.GetTypedHeaders().ETag = tag;
        return Results.Text(document.Text, "text/plain; charset=utf-8");
    });
}
