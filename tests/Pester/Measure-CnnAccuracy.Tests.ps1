BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # Four photos in folders called by the classes that the network says they show, but for one.
    function Sorted([string] $Root) {
        foreach ($prediction in Get-CnnPrediction $photos) {
            $class = if ($prediction.Path -like '*rocket*') { 'goldfish' } else { $prediction.Class }
            $folder = [System.IO.Directory]::CreateDirectory("$Root/$class").FullName
            [System.IO.File]::Copy($prediction.Path, "$folder/$([System.IO.Path]::GetFileName($prediction.Path))")
        }
    }
    $sorted = "$TestDrive/sorted"
    Sorted $sorted
}

Describe 'Measure-CnnAccuracy' {
    It 'takes folders as labels' {
        $accuracy = Measure-CnnAccuracy $sorted -Recurse
        $accuracy.Count, $accuracy.Top1.Count, $accuracy.UnlabeledCount, $accuracy.FailedCount | Should -Be 4, 3, 0, 0
        $accuracy.Top1.Share | Should -Be 0.75
        $accuracy.Images.Where({ -not $_.IsCorrect }).Label | Should -Be 'goldfish'
        $accuracy.Confusion.Confusions.Count | Should -Be 1
        $accuracy.Classes.Where({ $_.Name -eq 'goldfish' }).Top1.Share | Should -Be 0
    }

    It 'judges labels that may hold together over all pictures' {
        $tags = Import-CnnModel alexnet64 -Answer Labels
        [System.IO.File]::WriteAllLines("$TestDrive/tags.csv", @('file,label', 'coffee.png,espresso|teapot', 'chelsea.png,"Egyptian cat"', 'rocket.jpg,'))
        $accuracy = Measure-CnnAccuracy $coffee, $chelsea, $rocket, "$photos/astronaut.png" -Model $tags -LabelPath "$TestDrive/tags.csv" -ErrorAction SilentlyContinue
        $accuracy | Should -BeOfType CnnVis.MultiLabelAccuracy
        $accuracy.JudgedCount, $accuracy.Count, $accuracy.UnlabeledCount | Should -Be 3, 2, 1 # a rocket is known to have no label; nobody says anything of the astronaut
        $expected = foreach ($label in @{ Name = 'espresso'; Path = $coffee }, @{ Name = 'teapot'; Path = $coffee }, @{ Name = 'Egyptian cat'; Path = $chelsea }) {
            $said = Get-CnnPrediction $coffee, $chelsea, $rocket -Model $tags -Top 100 | ForEach-Object { @{ Path = $_.Path; Probability = $_.Top.Where({ $_.Name -eq $label.Name })[0].Probability } }
            $own = $said.Where({ $_.Path -eq $label.Path })[0].Probability
            $precision = 1 / @($said.Where({ $_.Probability -ge $own })).Count
            $found = $accuracy.Labels.Where({ $_.Name -eq $label.Name })
            $found.Count, $found.AveragePrecision, $found.Recall | Should -Be 1, $precision, ([int] ($own -ge 0.5))
            $precision
        }
        $accuracy.MeanAveragePrecision | Should -BeExactly ($expected | Measure-Object -Average).Average
        $accuracy.Labels.Count | Should -Be 100
        ($accuracy | Out-String) | Should -Match 'mAP'
        $parts = 1, 2 | ForEach-Object { Measure-CnnAccuracy $coffee, $chelsea, $rocket -Model $tags -LabelPath "$TestDrive/tags.csv" -Shard "$_/2" -Checkpoint "$TestDrive/tags$_.json" | Out-Null; "$TestDrive/tags$_.json" }
        (Merge-CnnResult $parts).MeanAveragePrecision | Should -BeExactly $accuracy.MeanAveragePrecision
        ($accuracy | Get-SaliencyMap $coffee -WarningAction Ignore).Model.Name | Should -Be $tags.Name
    }

    It 'takes labels from names, tables, properties and sets' {
        $flat = [System.IO.Directory]::CreateDirectory("$TestDrive/flat").FullName
        $class = (Get-CnnPrediction $chelsea).Class
        [System.IO.File]::Copy($chelsea, "$flat/a_$class.png")
        [System.IO.File]::Copy($coffee, "$flat/b_goldfish.png")
        (Measure-CnnAccuracy $flat -LabelPattern '_(?<label>[^/]+)\.png$').Top1.Count | Should -Be 1

        [System.IO.File]::WriteAllText("$TestDrive/labels.csv", "file,label`na_$class.png,goldfish`na_$class.png,`"$class`"`nb_goldfish.png,goldfish|lemon`n")
        $sets = Measure-CnnAccuracy $flat -LabelPath "$TestDrive/labels.csv"
        $sets.Top1.Count, $sets.Count | Should -Be 1, 2
        $sets.Images[0].Labels | Should -Be 'goldfish', $class

        [pscustomobject] @{ Path = $chelsea; Label = $class }, [pscustomobject] @{ Path = $coffee; Label = @('goldfish', 'lemon') } | Measure-CnnAccuracy | ForEach-Object { $_.Top1.Count, $_.Count } | Should -Be 1, 2
    }

    It 'takes ReaL''s form, in which an empty list does not count' {
        $folder = [System.IO.Directory]::CreateDirectory("$TestDrive/real").FullName
        [System.IO.File]::Copy($chelsea, "$folder/ILSVRC2012_val_00000001.png")
        [System.IO.File]::Copy($coffee, "$folder/ILSVRC2012_val_00000002.png")
        [System.IO.File]::Copy($rocket, "$folder/ILSVRC2012_val_00000003.jpg")
        $index = (Get-CnnPrediction $chelsea).Top[0].Index
        [System.IO.File]::WriteAllText("$TestDrive/real.json", "[[3, $index], [], [0]]")
        $accuracy = Measure-CnnAccuracy $folder -LabelPath "$TestDrive/real.json"
        $accuracy.Count, $accuracy.Top1.Count, $accuracy.UnlabeledCount | Should -Be 2, 1, 1
    }

    It 'knows other names of classes from a table' {
        $folder = [System.IO.Directory]::CreateDirectory("$TestDrive/ids/n0001").FullName
        [System.IO.File]::Copy($chelsea, "$folder/a.png")
        $class = (Get-CnnPrediction $chelsea).Class
        [System.IO.File]::WriteAllText("$TestDrive/classes.tsv", "index`twnid`tname`n7`tn0001`t$class`n8`tn0002`tno such class`n")
        (Measure-CnnAccuracy "$TestDrive/ids" -Recurse -ClassMap "$TestDrive/classes.tsv").Top1.Count | Should -Be 1
        { Measure-CnnAccuracy "$TestDrive/ids" -Recurse -ClassMap $chelsea -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'reports what has no label or an unknown one, and loses nothing' {
        $folder = [System.IO.Directory]::CreateDirectory("$TestDrive/odd/nonsense").FullName
        [System.IO.File]::Copy($chelsea, "$folder/a.png")
        [System.IO.File]::Copy($coffee, "$folder/b.png")
        [System.IO.File]::WriteAllText("$folder/c.png", 'broken')
        $accuracy = Measure-CnnAccuracy "$TestDrive/odd", $sorted -Recurse -ErrorVariable failed -ErrorAction SilentlyContinue
        $accuracy.Count, $accuracy.UnlabeledCount, $accuracy.FailedCount | Should -Be 4, 2, 1
        $failed.FullyQualifiedErrorId | Should -Be 'ClassNotFound,CnnVis.PowerShell.Cmdlets.MeasureCnnAccuracyCommand', 'ImageUnreadable,CnnVis.PowerShell.Cmdlets.MeasureCnnAccuracyCommand'
        "$($failed[0])" | Should -Match "labelled 'nonsense'"
        Measure-CnnAccuracy $photos -LabelPath "$TestDrive/labels.csv" -ErrorVariable missing -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $missing.Count, $warned.Count | Should -Be 4, 1
    }

    It 'refuses bad tables before the first picture' {
        [System.IO.File]::WriteAllText("$TestDrive/ragged.csv", "file,label`na.png,cat,dog`n")
        { Measure-CnnAccuracy $photos -LabelPath "$TestDrive/ragged.csv" -ErrorAction Stop } | Should -Throw '*Line 2*'
        { Measure-CnnAccuracy $photos -LabelPattern '(' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { Measure-CnnAccuracy $photos -Label cat -LabelPattern x -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { Measure-CnnAccuracy $photos -Bin @{ Brightness = 0.5, 0.2 } -ErrorAction Stop } | Should -Throw '*ascend*'
    }

    It 'looks at attributes from the pipeline, from a table, and measured' {
        $piped = Get-ImageAttribute $sorted -Recurse | Measure-CnnAccuracy -By Brightness -BinCount 2 -WarningAction SilentlyContinue
        $measured = Measure-CnnAccuracy $sorted -Recurse -By Brightness -BinCount 2 -WarningVariable warned -WarningAction SilentlyContinue
        $piped.Attributes[0].Bins.Count | Should -Be 2
        $piped.Attributes[0].Bins.Low | Should -Be $measured.Attributes[0].Bins.Low
        $warned | Should -Match 'Below 30'
        Get-ImageAttribute $sorted -Recurse | Select-Object Path, Brightness, @{ Name = 'Camera'; Expression = { 'old' } } | Export-Csv "$TestDrive/attributes.csv"
        $table = Measure-CnnAccuracy $sorted -Recurse -AttributePath "$TestDrive/attributes.csv" -By Brightness, Camera -BinCount 2 -WarningAction SilentlyContinue
        $table.Attributes[0].Bins.Low | Should -Be $measured.Attributes[0].Bins.Low
        $table.Attributes[1].Bins.Name | Should -Be 'old'
        { Measure-CnnAccuracy $sorted -Recurse -By Nonsense -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'goes on from a checkpoint' {
        $first = Measure-CnnAccuracy $sorted -Recurse -Checkpoint "$TestDrive/run.json" -BatchSize 1
        $again = Measure-CnnAccuracy $sorted -Recurse -Checkpoint "$TestDrive/run.json"
        $again.Images.Path | Should -Be $first.Images.Path
        $again.Top1.Count | Should -Be 3
        { Measure-CnnAccuracy $sorted -Recurse -Checkpoint "$TestDrive/run.json" -Top 3 -ErrorAction Stop } | Should -Throw -ErrorId 'RetrievalMismatch*'
        { Measure-CnnAccuracy $photos -Label lemon -Checkpoint "$TestDrive/run.json" -ErrorAction Stop } | Should -Throw -ErrorId 'RetrievalMismatch*'
        $parts = 1, 2 | ForEach-Object { Measure-CnnAccuracy $sorted -Recurse -Shard "$_/2" }
        ($parts.ForEach({ $_.Count }) | Measure-Object -Sum).Sum | Should -Be 4
    }

    It 'draws pictures, as pixels and as shapes' {
        $accuracy = Measure-CnnAccuracy $sorted -Recurse -By Brightness -BinCount 2 -WarningAction SilentlyContinue
        $accuracy, $accuracy.Confusion, $accuracy.Calibration | Export-CnnImage "$TestDrive/{Index}.png"
        $accuracy, $accuracy.Calibration | Export-CnnImage "$TestDrive/both.svg"
        NamesIn $TestDrive | Where-Object { $_ -like '000*.png' } | Should -HaveCount 3
        ([xml] [System.IO.File]::ReadAllText("$TestDrive/both.svg")).svg.svg | Should -HaveCount 2
    }

    It 'puts shards together' {
        $whole = Measure-CnnAccuracy $sorted -Recurse -By Brightness -BinCount 2 -WarningAction SilentlyContinue
        $parts = 1, 2, 3 | ForEach-Object { Measure-CnnAccuracy $sorted -Recurse -By Brightness -Shard "$_/3" -Checkpoint "$TestDrive/part$_.json" -WarningAction SilentlyContinue; "$TestDrive/part$_.json" } | Where-Object { $_ -is [string] }
        $merged = Measure-CnnAccuracy -Merge $parts[2, 0, 1] -By Brightness -BinCount 2 -WarningAction SilentlyContinue
        $merged.Images.Path | Should -Be $whole.Images.Path
        $merged.Attributes[0].Bins.Accuracy | Should -Be $whole.Attributes[0].Bins.Accuracy
        { Measure-CnnAccuracy -Merge $parts[0], $parts[0] -ErrorAction Stop } | Should -Throw -ErrorId 'RetrievalMismatch*'
        { Measure-CnnAccuracy -Merge $chelsea -ErrorAction Stop } | Should -Throw -ErrorId 'RetrievalUnreadable*'
    }

    It 'judges boxes' {
        [System.IO.File]::WriteAllText("$TestDrive/true.csv", "file,x,y,width,height`nchelsea.png,10,10,100,100`ncoffee.png,0,0,10,10`nastronaut.png,0,0,50,50`n")
        # Half of a large one; three tenths of a small one, which is enough; none.
        [System.IO.File]::WriteAllText("$TestDrive/found.csv", "file,x,y,width,height`nchelsea.png,10,10,100,49`ncoffee.png,0,0,10,3`n")
        $accuracy = Measure-CnnAccuracy $sorted -Recurse -BoxPath "$TestDrive/true.csv" -PredictedBoxPath "$TestDrive/found.csv"
        $accuracy.Localization.Count, $accuracy.Localization.Total | Should -Be 1, 3
        { Measure-CnnAccuracy $sorted -Recurse -BoxPath "$TestDrive/true.csv" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'changes what goes with errors' {
        $accuracy = Measure-CnnAccuracy $sorted -Recurse -By Brightness, Width -BinCount 2 -Intervene -WarningAction SilentlyContinue
        $accuracy.Interventions.Attribute | Should -Be 'Brightness'
        $accuracy.Interventions[0].Count | Should -Be 2
        "$($accuracy.Interventions[0])" | Should -Match '^Brightness: accuracy is'
    }
}
