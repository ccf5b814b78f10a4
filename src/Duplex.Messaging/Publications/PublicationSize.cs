namespace Duplex.Messaging.Publications;

/// <summary>Bounds lists of publications by bytes, so that a reply fits where frames for its client are kept.</summary>
internal static class PublicationSize
{
    /// <summary>About what the publications take in a reply.</summary>
    public static long Bytes(this IReadOnlyList<Publication> publications)
    {
        var bytes = 0L;
        for (var i = 0; i < publications.Count; i++) bytes += publications[i].ApproximateBytes;
        return bytes;
    }

    /// <summary>How many of the first publications fit, but at least one, so that whoever reads on gets on.</summary>
    public static int CountWithin(this IReadOnlyList<Publication> publications, long maxBytes)
    {
        var count = 0;
        for (var bytes = 0L; count < publications.Count; count++)
        {
            bytes += publications[count].ApproximateBytes;
            if (bytes > maxBytes && count > 0) break;
        }

        return count;
    }
}
