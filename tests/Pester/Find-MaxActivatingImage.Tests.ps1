BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $slurm = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples/slurm")
    $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName

    function Bytes($File) { [System.Convert]::ToBase64String([System.IO.File]::ReadAllBytes($File)) }
    function Text($Set) { ($Set.Units | ForEach-Object { "$($_.Name): $($_.Images.Path) $($_.Images.Value) $($_.Images.Row) $($_.Images.Column)" }) -join '|' }
}

AfterAll {
    [System.IO.Directory]::Delete($folder, $true)
}

Describe 'Find-MaxActivatingImage' {
    Context 'what it gives' {
        It 'gives the images of each channel, strongest first, as Get-CnnActivation has them' {
            $found = Find-MaxActivatingImage $photos -Layer pool5 -Channel 3, 12
            $found | Should -BeOfType ([CnnVis.MaxActivatingImageSet])
            $found.ImageCount | Should -Be 4
            $found.Units.Name | Should -Be 'pool5:3', 'pool5:12'
            $maps = Get-CnnActivation $photos -Layer pool5 -Channel 3 | Sort-Object -Property Maximum -Descending
            $images = $found.Units[0].Images
            $images.Path | Should -Be $maps.Path
            for ($i = 0; $i -lt 4; $i++) {
                $images[$i].Value | Should -BeGreaterOrEqual ($maps[$i].Maximum - 0.0001)
                $images[$i].Value | Should -BeLessOrEqual ($maps[$i].Maximum + 0.0001)
            }
            $images[0].NormalizedValue | Should -Be 1
            $images.Order | Should -Be 1, 2, 3, 4
        }

        It 'takes the last map of the network where no layer is named' {
            (Find-MaxActivatingImage "$photos/coffee.png" -Channel 1).Units.Name | Should -Be 'pool5:1'
        }

        It 'takes several layers at once, with wildcards' {
            $found = Find-MaxActivatingImage $photos -Layer relu[12], fc8 -Top 1
            $found.Units.Count | Should -Be (64 + 128 + 100)
            @($found.Units | Where-Object { $_.Images.Count -ne 1 }).Count | Should -Be 0
        }

        It 'takes pictures from the pipeline, with their labels' {
            $found = [pscustomobject]@{ Path = "$photos/coffee.png"; Label = 'drink' }, [pscustomobject]@{ Path = "$photos/chelsea.png"; Label = 'cat' } | Find-MaxActivatingImage -Layer relu6 -Channel 1
            ($found.Units[0].Images | Sort-Object -Property Index).Label | Should -Be 'drink', 'cat'
            $found.Units[0].LabelEntropy | Should -Be 1
            $found.Units[0].LabelPurity | Should -Be 0.5
        }

        It 'takes the label from a table' {
            [System.IO.File]::WriteAllText("$folder/labels.csv", "file,label`ncoffee.png,drink`n")
            $images = (Find-MaxActivatingImage $photos -Layer relu6 -Channel 1 -LabelPath "$folder/labels.csv").Units[0].Images
            ($images | Where-Object Label).Path | Should -Be ([System.IO.Path]::Combine($photos, 'coffee.png'))
        }

        It 'goes on after a picture that cannot be read' {
            [System.IO.File]::WriteAllText("$folder/broken.png", 'no picture')
            $found = Find-MaxActivatingImage "$folder/broken.png", "$photos/coffee.png" -Layer relu6 -Channel 1 -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems.FullyQualifiedErrorId | Should -BeLike 'ImageUnreadable*'
            $found.ImageCount, $found.FailedCount | Should -Be 1, 1
        }

        It 'gives several places of an image with -PerImage' {
            $images = (Find-MaxActivatingImage "$photos/coffee.png" -Layer relu1 -Channel 3 -PerImage 5 -Top 5).Units[0].Images
            $images.Count | Should -Be 5
            $images.Value | Should -Be ($images.Value | Sort-Object -Descending)
        }

        It 'refuses a position, a channel and a shard that are none' {
            { Find-MaxActivatingImage $photos -Layer pool5 -Position 3, 0 } | Should -Throw -ErrorId 'InvalidArgument*'
            { Find-MaxActivatingImage $photos -Layer pool5 -Channel 192 } | Should -Throw -ErrorId 'ChannelNotFound*'
            { Find-MaxActivatingImage $photos -Layer pool5 -Shard 0/3 } | Should -Throw -ErrorId 'InvalidArgument*'
            { Find-MaxActivatingImage $photos -Layer pool5 -Method Gradient } | Should -Throw -ErrorId 'InvalidArgument*'
        }
    }

    Context 'directions' {
        It 'come down the pipeline, as a parameter, as codes and as numbers' {
            $codes = Get-CnnCode "$photos/chelsea.png", "$photos/coffee.png" -Layer relu7
            $found = $codes | Find-MaxActivatingImage $photos
            $found.Units.Count | Should -Be 2
            $found.Units[0].Layer | Should -Be 'relu7'
            $found.Units[1].Images[0].Path | Should -Be $codes[1].Path
            Text (Find-MaxActivatingImage $photos -Layer relu7 -Direction $codes[1].Values) | Should -Be (Text (,$codes[1].Values | Find-MaxActivatingImage $photos -Layer relu7))
            $piped = $photos | Find-MaxActivatingImage -Layer relu7 -Direction $codes[0].Values, $codes[1].Values
            $piped.Units.Images.Value | Should -Be $found.Units.Images.Value
        }

        It 'of the natural basis are channels' {
            $unit = [float[]]::new(512)
            $unit[7] = 1
            (Find-MaxActivatingImage $photos -Layer relu7 -Direction $unit).Units[0].Images.Value | Should -Be (Find-MaxActivatingImage $photos -Layer relu7 -Channel 7).Units[0].Images.Value
        }

        It 'at random are compared with the channels' {
            $found = Find-MaxActivatingImage $photos -Layer relu7 -RandomDirection 20 -Seed 3 -Top 2
            $found.Units.Count | Should -Be 532
            $found.Comparisons.Count | Should -Be 1
            $found.Comparisons[0].Measure | Should -Be 'CodeSimilarity'
            $found.Comparisons[0].DirectionCount | Should -Be 20
            $found.Comparisons[0].LowerBound | Should -BeLessOrEqual $found.Comparisons[0].Difference
            $found.Comparisons[0].UpperBound | Should -BeGreaterOrEqual $found.Comparisons[0].Difference
            Text (Find-MaxActivatingImage $photos -Layer relu7 -RandomDirection 20 -Seed 3 -Top 2) | Should -Be (Text $found)
        }

        It 'that fit no layer are refused' {
            { Find-MaxActivatingImage $photos -Layer relu7 -Direction 1, 2, 3 } | Should -Throw -ErrorId 'InvalidArgument*'
        }
    }

    Context 'large runs' {
        It 'goes on from a checkpoint, and refuses another question' {
            $whole = Find-MaxActivatingImage $photos -Layer relu6 -Checkpoint "$folder/whole.json" -CheckpointInterval 0 -BatchSize 1
            $bytes = Bytes "$folder/whole.json"
            Text (Find-MaxActivatingImage $photos -Layer relu6 -Checkpoint "$folder/whole.json" -BatchSize 1) | Should -Be (Text $whole)
            Bytes "$folder/whole.json" | Should -Be $bytes
            { Find-MaxActivatingImage $photos -Layer relu7 -Checkpoint "$folder/whole.json" -BatchSize 1 } | Should -Throw -ErrorId 'RetrievalMismatch*'
            { Find-MaxActivatingImage "$photos/coffee.png" -Layer relu6 -Checkpoint "$folder/whole.json" -BatchSize 1 } | Should -Throw -ErrorId 'RetrievalMismatch*'
        }

        It 'goes on after an interruption to the same bytes' {
            $null = Find-MaxActivatingImage $photos -Layer relu6 -Checkpoint "$folder/undisturbed.json" -BatchSize 1
            Find-MaxActivatingImage $photos -Layer relu6 -Checkpoint "$folder/stopped.json" -CheckpointInterval 0 -BatchSize 1 -ErrorAction SilentlyContinue | Select-Object -First 1 | Out-Null
            $broken = [System.IO.Path]::Combine($folder, 'stopped.json')
            $null = Find-MaxActivatingImage $photos -Layer relu6 -Checkpoint $broken -BatchSize 1
            Bytes $broken | Should -Be (Bytes "$folder/undisturbed.json")
        }

        It 'merges shards to the bytes of one run' {
            $null = Find-MaxActivatingImage $photos -Layer relu5, relu6 -Checkpoint "$folder/one.json"
            $parts = 1..3 | ForEach-Object { Find-MaxActivatingImage $photos -Layer relu5, relu6 -Shard "$_/3" }
            $null = $parts[2], $parts[0], $parts[1] | Merge-MaxActivatingImage -OutputPath "$folder/merged.json"
            Bytes "$folder/merged.json" | Should -Be (Bytes "$folder/one.json")
            { Merge-MaxActivatingImage "$folder/merged.json" -OutputPath "$folder/one.json" } | Should -Throw -ErrorId 'FileExists*'
        }

        It 'runs the scripts of examples/slurm' {
            1..2 | ForEach-Object { & "$slurm/run.ps1" 'Find-MaxActivatingImage -Layer relu5 -WarningAction SilentlyContinue' $photos "$folder/results" $_ 2 } | Should -BeNullOrEmpty
            & "$slurm/merge.ps1" -Output "$folder/results" -Count 2 | Should -BeNullOrEmpty
            $null = Find-MaxActivatingImage $photos -Layer relu5 -Recurse -Checkpoint "$folder/direct.json"
            Bytes "$folder/results/all.json" | Should -Be (Bytes "$folder/direct.json")
            (Merge-CnnResult "$folder/results/all.json").ShardCount | Should -Be 1
        }
    }

    It 'can be drawn' {
        Find-MaxActivatingImage $photos -Layer relu3 -Channel 1, 2 -Top 2 -Crop -Method DeconvNet | Export-CnnImage "$folder/units.png"
        [System.IO.File]::Exists("$folder/units.png") | Should -BeTrue
    }
}
