BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = [System.IO.Directory]::CreateTempSubdirectory('cnnvis-').FullName
    foreach ($number in 1, 2, 3) { $null = Get-CnnCode $photos -Layer relu7 -Shard "$number/3" -Checkpoint "$folder/part$number.json" }
    $single = Get-CnnCode $photos -Layer relu7 -Checkpoint "$folder/single.json"
}

AfterAll {
    [System.IO.Directory]::Delete($folder, $true)
}

Describe 'Merge-CnnResult' {
    It 'gives what one run gives, to the bytes' {
        $merged = Merge-CnnResult "$folder/part*.json" -OutputPath "$folder/all.json"
        $merged.Path | Should -Be $single.Path
        $merged.Values | Should -Be $single.Values
        [System.IO.File]::ReadAllText("$folder/all.json") | Should -BeExactly ([System.IO.File]::ReadAllText("$folder/single.json"))
        (Merge-CnnResult "$folder/all.json" -Model alexnet64)[0].Model.GetType().Name | Should -Be 'Network'
    }

    It 'goes on where a run was stopped, and tells all' {
        $lines = [System.IO.File]::ReadAllLines("$folder/single.json")
        [System.IO.File]::WriteAllText("$folder/half.json", (($lines[0..2] + $lines[3].Substring(0, 99)) -join "`n"))
        (Get-CnnCode $photos -Layer relu7 -Checkpoint "$folder/half.json").Values | Should -Be $single.Values
        [System.IO.File]::ReadAllText("$folder/half.json") | Should -BeExactly ([System.IO.File]::ReadAllText("$folder/single.json"))
    }

    It 'refuses what does not belong together' {
        { Merge-CnnResult "$folder/part1.json", "$folder/part1.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
        { Merge-CnnResult "$folder/part1.json", "$folder/part2.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
        (Merge-CnnResult "$folder/part1.json" -Partial).Path | Should -HaveCount 2
        $null = Get-CnnCode $photos -Layer relu6 -Shard 2/3 -Checkpoint "$folder/other.json"
        { Merge-CnnResult "$folder/part1.json", "$folder/other.json", "$folder/part3.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
        $null = Get-ImageAttribute $photos -Shard 2/3 -Checkpoint "$folder/kind.json"
        { Merge-CnnResult "$folder/part1.json", "$folder/kind.json", "$folder/part3.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
        { Merge-CnnResult $chelsea } | Should -Throw -ErrorId 'RetrievalUnreadable*'
        { Get-CnnCode $photos -Layer relu6 -Checkpoint "$folder/single.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
        { Get-CnnCode $chelsea -Layer relu7 -Checkpoint "$folder/single.json" } | Should -Throw -ErrorId 'RetrievalMismatch*'
    }

    It 'writes nothing with -WhatIf' {
        (Get-CnnCode $chelsea -Checkpoint "$folder/not.json" -WhatIf) | Should -HaveCount 1
        Merge-CnnResult "$folder/single.json" -OutputPath "$folder/not.json" -WhatIf -Quiet
        [System.IO.File]::Exists("$folder/not.json") | Should -BeFalse
    }
}
