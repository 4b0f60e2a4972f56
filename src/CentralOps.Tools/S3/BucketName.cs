namespace CentralOps.Tools.S3;

/// <summary>The name of a bucket: it becomes a part of a host name or a path, so its form is checked. Old buckets have capitals and underscores.</summary>
internal static class BucketName
{
    private const int MinLength = 3;
    private const string DirectorySuffix = "--x-s3";
    public const int MaxLength = 255;

    public static (string Problem, string Repair)? Check(string name)
    {
        if (name.EndsWith(DirectorySuffix, StringComparison.Ordinal))
        {
            return ("names a directory bucket (S3 Express One Zone), which is asked in another way", "Give a general purpose bucket");
        }

        return name.Length >= MinLength && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
                && !name.Contains("..", StringComparison.Ordinal) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
                ? null
                : ("is not the form of a bucket's name", "Write the whole name as list_s3_buckets tells it, without s3:// or an ARN");
    }
}
