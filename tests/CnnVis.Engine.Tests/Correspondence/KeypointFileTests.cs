using System.Text;
using CnnVis.Engine.Correspondence.Keypoints;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class KeypointFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void TablesHaveARowForEachKeypoint()
    {
        string a = Picture("pictures/a.png"), b = Picture("pictures/b.png");
        string table = Text("pictures/points.csv", "Image,Keypoint,X,Y,Visible,Class,Box\na.png,nose,3.5,4,1,cat,1 2 11 9\na.png,tail,,,0,cat,1 2 11 9\nb.png,nose,2,2,true,cat,\n");
        var objects = Read(table);
        Assert.Equal([a, b], objects.Select(o => o.Path));
        Assert.Equal(new KeypointBox(1, 2, 10, 7), objects[0].Box);
        Assert.Equal([new CnnKeypoint("nose", 3.5, 4, true), new CnnKeypoint("tail", 0, 0, false)], objects[0].Keypoints);
        Assert.Null(objects[1].Box);
        string edges = Text("pictures/edges.csv", "file;keypoint;x;y;xmin;ymin;xmax;ymax\na.png;nose;1;2;0;0;5;6\n");
        Assert.Equal(new KeypointBox(0, 0, 5, 6), Assert.Single(Read(edges)).Box);
    }

    [Theory]
    [InlineData("Image,Keypoint,X\na.png,nose,1\n"), InlineData("Image,Keypoint,X,Y\na.png,nose,one,2\n"), InlineData("Image,Keypoint,X,Y,Box\na.png,nose,1,2,1 2 3\n"), InlineData("Image,Keypoint,X,Y,Box\na.png,nose,1,2,5 5 4 9\n")]
    [InlineData("Image,Keypoint,X,Y,Visible\na.png,nose,1,2,maybe\n"), InlineData("Image,Keypoint,X,Y\na.png,nose,1,2\na.png,nose,3,4\n"), InlineData("Image,Keypoint,X,Y,XMin\na.png,nose,1,2,3\n"), InlineData("Image,Keypoint,X,Y\na.png,,1,2\n")]
    public void WrongTablesAreErrorsAndLoseNothingElse(string text)
    {
        Picture("a.png");
        var errors = new List<CnnVisException>();
        var objects = KeypointFiles.Read([Text("wrong.csv", text), Text("right.csv", "Image,Keypoint,X,Y\na.png,nose,1,2\n")], null, errors.Add);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Single(errors).ErrorId);
        Assert.Single(objects);
    }

    [Fact]
    public void SpairsPicturesAndPairsAreRead()
    {
        string a = Picture("SPair-71k/JPEGImages/cat/2008_1.jpg"), b = Picture("SPair-71k/JPEGImages/cat/2008_2.jpg");
        Text("SPair-71k/ImageAnnotation/cat/2008_1.json", """{"filename": "2008_1.jpg", "category": "cat", "image_width": 20, "image_height": 20, "bndbox": [1, 2, 15, 18], "kps": {"0": [3, 4], "1": null, "5": [7, 9.5]}}""");
        Text("SPair-71k/PairAnnotation/test/000001.json", """{"category": "cat", "src_imname": "2008_1.jpg", "trg_imname": "2008_2.jpg", "src_bndbox": [1, 2, 15, 18], "trg_bndbox": [0, 0, 10, 10], "kps_ids": ["0", "7"], "src_kps": [[3, 4], [5, 6]], "trg_kps": [[1, 1], [2, 2]]}""");
        KeypointObject picture = Assert.Single(Read(_folder["SPair-71k/ImageAnnotation"]));
        Assert.Equal((a, "cat", new KeypointBox(1, 2, 14, 16)), (picture.Path, picture.Class, picture.Box));
        Assert.Equal([new CnnKeypoint("0", 3, 4, true), new CnnKeypoint("5", 7, 9.5, true)], picture.Keypoints);
        var all = Read(_folder["SPair-71k/ImageAnnotation"], _folder["SPair-71k/PairAnnotation"]);
        Assert.Equal([a, b], all.Select(o => o.Path));
        Assert.Equal(["0", "5", "7"], all[0].Keypoints.Select(k => k.Name));
        Assert.Equal(["0", "7"], all[1].Keypoints.Select(k => k.Name));
    }

    [Fact]
    public void BerkeleysAnnotationsAreRead()
    {
        string a = Picture("VOC/JPEGImages/2007_000033.jpg");
        string file = Text("annotations/aeroplane/2007_000033_1.xml", """<?xml version="1.0"?><annotation><image>2007_000033</image><voc_id>1</voc_id><category>aeroplane</category><visible_bounds height="15.50" width="18.00" xmin="1.00" ymin="2.00"/><keypoints><keypoint name="NoseTip" visible="1" x="14.49" y="5.48" z="0.00"/><keypoint name="L_WingTip" visible="0" x="3" y="7" z="0.00"/></keypoints></annotation>""");
        KeypointObject found = Assert.Single(KeypointFiles.Read([file], _folder["VOC/JPEGImages"], error => throw error));
        Assert.Equal((a, "aeroplane", new KeypointBox(1, 2, 18, 15.5)), (found.Path, found.Class, found.Box));
        Assert.Equal([new CnnKeypoint("NoseTip", 14.49, 5.48, true), new CnnKeypoint("L_WingTip", 3, 7, false)], found.Keypoints);
    }

    [Theory]
    [InlineData("a.json", "{\"filename\": \"a.jpg\"}"), InlineData("a.json", "[1, 2"), InlineData("a.json", "{\"filename\": \"a.jpg\", \"bndbox\": [5, 5, 1, 1], \"kps\": {}}"), InlineData("a.json", "{\"src_kps\": 3}")]
    [InlineData("a.xml", "<annotation><image>a</image></annotation>"), InlineData("a.xml", "no xml"), InlineData("a.xml", "<!DOCTYPE a [<!ENTITY x \"y\">]><annotation><image>&x;</image><keypoints/></annotation>")]
    [InlineData("a.xml", "<annotation><image>a</image><keypoints><keypoint name=\"n\" x=\"one\" y=\"2\"/></keypoints></annotation>")]
    public void WrongAnnotationsAreErrors(string name, string text)
    {
        var errors = new List<CnnVisException>();
        Assert.Empty(KeypointFiles.Read([Text(name, text)], null, errors.Add));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Single(errors).ErrorId);
    }

    [Fact]
    public void MissingPicturesAndFilesAreErrors()
    {
        var errors = new List<CnnVisException>();
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Empty(KeypointFiles.Read([Text("p.csv", "Image,Keypoint,X,Y\nnone.png,nose,1,2\n"), _folder["not.csv"], _folder["empty"]], null, errors.Add));
        Assert.Equal([ErrorIds.PathNotFound, ErrorIds.PathNotFound, ErrorIds.PathNotFound], errors.Select(e => e.ErrorId));
    }

    private IReadOnlyList<KeypointObject> Read(params string[] paths) => KeypointFiles.Read(paths, null, error => throw error);

    private string Text(string name, string text) => _folder.Add(name, Encoding.UTF8.GetBytes(text));

    private string Picture(string name) => _folder.Add(name, ImageCodec.Encode(new PixelImage(20, 20, new byte[1200]), ImageFormat.Png, 100));

    public void Dispose() => _folder.Dispose();
}
